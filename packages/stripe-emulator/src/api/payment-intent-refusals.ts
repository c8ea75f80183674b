import { invalidRequest, StripeError } from '../core/errors';
import type { Stored } from '../core/tables';
import { formatAmount } from '../engine/money';

type Intent = Stored<'payment_intent'>;
type Method = Stored<'payment_method'>;

const CHANGEABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

/** The least that Stripe charges (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const LEAST: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};
const LEAST_ELSEWHERE = 50;
const MOST = 99_999_999;

/** @throws StripeError for an amount that is too small or too large for a card */
export function checkAmount(amount: number, currency: string): void {
  const least = LEAST[currency] ?? LEAST_ELSEWHERE;
  if (amount < least) {
    throw invalidRequest(
      `Amount must be at least ${formatAmount(least, currency)} ${currency}`,
      'amount',
      'amount_too_small',
    );
  }
  if (amount > MOST) {
    throw invalidRequest(
      `Amount must be no more than ${formatAmount(MOST, currency)}`,
      'amount',
      'amount_too_large',
    );
  }
}

/** @throws StripeError when a payment method is somebody else's than the payment's customer */
export function checkOwner(method: Method, customer: string | null): void {
  if (method.customer === null || method.customer === customer) return;
  throw invalidRequest(
    customer === null
      ? `The payment method supplied (${method.id}) belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
      : `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`,
    'payment_method',
  );
}

/** @throws StripeError for a change of the amount of a payment that is made, or over */
export function refuseUpdate(intent: Intent): void {
  if (CHANGEABLE.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}. You may only update the amount of a PaymentIntent with one of the following statuses: ${CHANGEABLE.join(', ')}.`,
  );
}

/** The payment method to pay with. @throws StripeError when the payment cannot be confirmed */
export function refuseConfirm(intent: Intent, method: Method | undefined): Method {
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      intent,
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
    );
  }
  if (!CHANGEABLE.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
    );
  }
  if (method) return method;
  throw unexpectedState(
    intent,
    intent.customer === null
      ? "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken."
      : `You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent with ${intent.customer}, specify a payment method attached to this customer along with the customer ID.`,
  );
}

/** @throws StripeError when there is nothing to capture */
export function refuseCapture(intent: Intent): void {
  if (intent.status === 'requires_capture') return;
  throw unexpectedState(
    intent,
    intent.status === 'succeeded'
      ? 'This PaymentIntent could not be captured because it has already been captured.'
      : `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
  );
}

/** @throws StripeError when it is too late to cancel */
export function refuseCancel(intent: Intent): void {
  if (CANCELABLE.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`,
  );
}

/** Stripe's refusal of what a payment's state does not allow; it shows the payment. */
export function unexpectedState(intent: Intent, message: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}
