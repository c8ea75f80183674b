import { StripeError } from '../core/errors';
import type { Stored } from '../core/tables';

type Intent = Stored<'setup_intent'>;
type Method = Stored<'payment_method'>;

/** @throws StripeError when a payment method is somebody else's than the intent's customer */
export function checkOwner(
  method: Method | undefined,
  customer: string | null,
  intent?: Intent,
): void {
  if (!method || method.customer === null || method.customer === customer) return;
  const message =
    customer === null
      ? `The payment method supplied (${method.id}) belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter on the SetupIntent.`
      : `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`;
  throw new StripeError(400, {
    type: 'invalid_request_error',
    message,
    param: 'payment_method',
    ...(intent && { setup_intent: intent }),
  });
}

/** The payment method to confirm with. @throws StripeError when the intent cannot be confirmed */
export function refuseConfirm(intent: Intent, method: Method | undefined): Method {
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      'You cannot confirm this SetupIntent because it has already succeeded.',
      intent,
    );
  }
  if (intent.status === 'canceled') {
    throw unexpectedState(
      'You cannot confirm this SetupIntent because it has been canceled.',
      intent,
    );
  }
  if (method) return method;
  throw unexpectedState(
    "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    intent,
  );
}

/** @throws StripeError when there is nothing left to cancel */
export function refuseCancel(intent: Intent): void {
  if (intent.status === 'canceled') {
    throw unexpectedState(
      'You cannot cancel this SetupIntent because it is already canceled.',
      intent,
    );
  }
  if (intent.status !== 'succeeded') return;
  throw unexpectedState(
    'You cannot cancel this SetupIntent because it has a status of succeeded. Only a SetupIntent with one of the following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.',
    intent,
  );
}

/** The refusal of what an intent's status does not allow; it carries the intent. */
export function unexpectedState(message: string, intent: Intent): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'setup_intent_unexpected_state',
    message,
    setup_intent: intent,
  });
}
