import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { soon } from '../core/soon';
import { cardOf } from './cards';
import { closeInquiries } from './dispute-decision';
import { settleFraudWarnings } from './fraud-warnings';
import { giveBack, takeBack } from './funds';
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

/** How long a bank takes over a refund that does not succeed at once, or fails after all. */
const BANK_SECONDS = 2;

/**
 * Gives money back for a charge that succeeded: at once, or pending first, as its card has it.
 *
 * @throws StripeError for more than is left of it, and for what the card's holder took back already
 */
export function refundCharge(ctx: Context, charge: Charge, input: RefundInput): Refund {
  refuseDisputed(ctx, charge);
  const left = charge.amount - charge.amount_refunded;
  const amount = input.amount ?? left;
  if (amount > left) {
    const [asked, rest] = [amount, left].map((sum) => formatAmount(sum, charge.currency));
    throw invalidRequest(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`,
      'amount',
    );
  }
  const method = charge.payment_method && ctx.find('payment_method', charge.payment_method);
  const manner = method ? cardOf(ctx, method).refund : undefined;
  const status = manner === 'pending' ? 'pending' : 'succeeded';
  const blank = newRefund(ctx, charge, { ...input, amount, status });
  const moved = giveBack(ctx, blank);
  const refund = { ...blank, balance_transaction: moved.id };
  ctx.insert('refund', refund, 'refund.created');
  const isWhole = amount === left;
  const changes = { amount_refunded: charge.amount_refunded + amount, refunded: isWhole };
  const refunded = ctx.update('charge', charge.id, changes, 'charge.refunded');
  if (manner) soon(ctx, 'refund.settle', refund.id, BANK_SECONDS);
  if (isWhole) {
    closeInquiries(ctx, refunded);
    settleFraudWarnings(ctx, charge.id);
  }
  return refund;
}

/** The bank has dealt with a refund: what was pending has arrived, what had succeeded comes back. */
export function refundSettled(request: Context, id: string): void {
  const refund = request.find('refund', id);
  if (!refund) return;
  const ctx = request.onClockOf(
    refund.customer ? request.find('customer', refund.customer) : undefined,
  );
  if (refund.status === 'pending') {
    const arrived = ctx.update('refund', id, { status: 'succeeded' }, 'refund.updated');
    ctx.emit('charge.refund.updated', arrived, { status: 'pending' });
  } else if (refund.status === 'succeeded') {
    failRefund(ctx, refund);
  }
}

function failRefund(ctx: Context, refund: Refund): void {
  const charge = refund.charge ? ctx.find('charge', refund.charge) : undefined;
  if (charge) {
    const amount_refunded = charge.amount_refunded - refund.amount;
    ctx.update('charge', charge.id, { amount_refunded, refunded: false });
  }
  const failed = ctx.update(
    'refund',
    refund.id,
    {
      failure_balance_transaction: takeBack(ctx, refund).id,
      failure_reason: 'expired_or_canceled_card',
      status: 'failed',
    },
    'refund.updated',
  );
  ctx.emit('charge.refund.updated', failed, { status: 'succeeded' });
  ctx.emit('refund.failed', failed);
}

/** Money that was disputed is with the card's holder already. */
function refuseDisputed(ctx: Context, charge: Charge): void {
  for (const { is_charge_refundable: isRefundable, status } of ctx.by(
    'dispute',
    'charge',
    charge.id,
  )) {
    if (isRefundable || status === 'won' || status === 'warning_closed') continue;
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    );
  }
}
