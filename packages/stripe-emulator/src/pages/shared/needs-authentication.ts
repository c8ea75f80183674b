import { StripeError } from '../../core/errors';

const CODES = new Set([
  'authentication_required',
  'invoice_payment_intent_requires_action',
  'subscription_payment_intent_requires_action',
]);

/** Whether a payment failed only because the card's holder has to be asked first. */
export function needsAuthentication(error: unknown): boolean {
  return error instanceof StripeError && CODES.has(error.body.code ?? '');
}
