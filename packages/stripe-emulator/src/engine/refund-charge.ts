import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { formatAmount } from './money';
import type { Charge, Refund } from './objects';
import { newRefund } from './refund-object';

/** What a refund is told beside the charge it is for. */
export interface RefundInput {
  /** In the smallest unit; all that is left when absent. */
  amount?: number;
  metadata?: Record<string, string>;
  reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer';
}

/**
 * Gives money back for a charge that succeeded, at once.
 *
 * @throws StripeError for more than is left of it
 */
export function refundCharge(ctx: Context, charge: Charge, input: RefundInput): Refund {
  const left = charge.amount - charge.amount_refunded;
  const amount = input.amount ?? left;
  if (amount > left) {
    const [asked, rest] = [amount, left].map((sum) => formatAmount(sum, charge.currency));
    throw invalidRequest(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`,
      'amount',
    );
  }
  const refund = newRefund(ctx, charge, { ...input, amount });
  ctx.insert('refund', refund, 'refund.created');
  const changes = {
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  };
  ctx.update('charge', charge.id, changes, 'charge.refunded');
  return refund;
}
