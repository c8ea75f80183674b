import type Stripe from 'stripe';
import type { PaymentFailure } from '../payment-failure';
import { stripe } from '../stripe';

/** What became of a customer's payments, by the id of the payment intent (pi_…). */
export type Payments = ReadonlyMap<string, Payment>;

type Payment = {
  /** In the currency's smallest unit. */
  amountRefunded: number;
  disputeStatus: string | null;
  failure: PaymentFailure | null;
};

/**
 * Reads a customer's payments: one request, one more for each further hundred, and one for each payment
 * that its holder has disputed.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function readPayments(customer: string): Promise<Payments> {
  const payments = new Map<string, Payment>();
  const list = stripe().paymentIntents.list({
    customer,
    limit: 100,
    expand: ['data.latest_charge', 'data.payment_method'],
  });
  for await (const intent of list) {
    const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
    payments.set(intent.id, {
      amountRefunded: charge?.amount_refunded ?? 0,
      disputeStatus: charge?.disputed ? await disputeStatus(intent.id) : null,
      failure: failureOf(intent),
    });
  }
  return payments;
}

/** Of several disputes about one payment, the one that Stripe lists first: the newest. */
async function disputeStatus(payment_intent: string): Promise<string | null> {
  const { data } = await stripe().disputes.list({ payment_intent, limit: 1 });
  return data[0]?.status ?? null;
}

function failureOf(intent: Stripe.PaymentIntent): PaymentFailure | null {
  const { status, last_payment_error: error, payment_method } = intent;
  if (status === 'requires_action') {
    return failure('authentication_required', payment_method);
  }
  return (
    error && failure(error.decline_code ?? error.code ?? 'generic_decline', error.payment_method)
  );
}

function failure(
  code: string,
  method: string | Stripe.PaymentMethod | null | undefined,
): PaymentFailure {
  const known = typeof method === 'object' ? method : null;
  const { brand = null, last4 = null } = known?.card ?? {};
  return { code, methodId: known?.id ?? null, brand, last4 };
}
