import type { Context } from '../core/context';
import { attachPaymentMethod } from './attach-payment-method';
import { collectInvoice, declinedError, paymentError } from './collection';
import type { PaymentIntent, PaymentMethod } from './objects';
import { type AttemptOptions, chargeIntent } from './payment-attempt';
import { settle } from './subscription-settle';

/**
 * Pays a payment intent, and with it the invoice that it collects. A card that is to be used again is
 * attached to the customer.
 *
 * @throws StripeError 402 when the card is declined; the attempt stays in the books
 */
export function confirmPayment(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  options: AttemptOptions,
): PaymentIntent {
  const [payment] = ctx.by('invoice_payment', 'payment_intent', intent.id);
  if (payment) {
    const collected = collectInvoice(ctx, payment.invoice, { ...options, method });
    if (collected.result.kind === 'paid') keep(ctx, intent, method);
    settle(ctx, collected);
    if (collected.result.kind === 'declined') throw paymentError(ctx, collected);
    return ctx.get('payment_intent', intent.id);
  }
  const result = chargeIntent(ctx, intent, method, options);
  const attempted = ctx.get('payment_intent', intent.id);
  if (result.kind === 'declined') throw declinedError(result, attempted);
  if (result.kind !== 'requires_action') keep(ctx, intent, method);
  return attempted;
}

function keep(ctx: Context, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.customer === null || intent.setup_future_usage === null) return;
  if (method.customer === null) attachPaymentMethod(ctx, method, intent.customer);
}
