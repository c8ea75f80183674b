import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { recordFunds } from './charge-funds';
import type { Charge, PaymentIntent, Refund } from './objects';
import { newRefund } from './refund-object';

/** How much of a held payment is taken. */
export interface CaptureInput {
  amount_to_capture?: number;
  metadata?: Record<string, string>;
  statement_descriptor_suffix?: string;
}

/**
 * Captures a payment on hold, wholly or in part; what is left of the hold is let go. Writes
 * `charge.captured` and `payment_intent.succeeded`.
 *
 * @throws StripeError for more than is held
 */
export function captureHeld(
  ctx: Context,
  intent: PaymentIntent,
  { amount_to_capture: amount = intent.amount_capturable, ...changes }: CaptureInput,
): PaymentIntent {
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      'The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge.',
      'amount_to_capture',
      'amount_too_large',
    );
  }
  const held = ctx.get('charge', intent.latest_charge ?? '');
  const captured = ctx.update('charge', held.id, {
    amount_captured: amount,
    amount_refunded: held.amount - amount,
    captured: true,
    ...(changes.statement_descriptor_suffix !== undefined && {
      statement_descriptor_suffix: changes.statement_descriptor_suffix,
    }),
  });
  ctx.schedule('payment_intent.expire', intent.id, null);
  ctx.emit('charge.captured', recordFunds(ctx, captured));
  const paid = ctx.update('payment_intent', intent.id, {
    ...changes,
    amount_capturable: 0,
    amount_received: amount,
    status: 'succeeded',
  });
  ctx.emit('payment_intent.succeeded', paid);
  return paid;
}

/** Lets go of the money that a canceled payment holds, as a refund. */
export function releaseHold(ctx: Context, intent: PaymentIntent): void {
  if (intent.status !== 'requires_capture') return;
  ctx.schedule('payment_intent.expire', intent.id, null);
  const charge = release(ctx, ctx.get('charge', intent.latest_charge ?? ''), null);
  ctx.emit('charge.refunded', charge, { amount_refunded: 0, refunded: false });
}

/** Nobody captured the money in time: the payment is canceled. */
export function holdExpired(ctx: Context, id: string): void {
  const intent = ctx.find('payment_intent', id);
  if (intent?.status !== 'requires_capture') return;
  const held = ctx.get('charge', intent.latest_charge ?? '');
  ctx.emit('charge.expired', release(ctx, held, 'expired_uncaptured_charge'));
  const canceled = ctx.update('payment_intent', id, {
    amount_capturable: 0,
    canceled_at: ctx.now,
    cancellation_reason: 'automatic',
    status: 'canceled',
  });
  ctx.emit('payment_intent.canceled', canceled);
}

function release(ctx: Context, charge: Charge, reason: Refund['reason']): Charge {
  const refund = newRefund(ctx, charge, { amount: charge.amount, reason });
  ctx.insert('refund', refund, 'refund.created');
  return ctx.update('charge', charge.id, { amount_refunded: charge.amount, refunded: true });
}
