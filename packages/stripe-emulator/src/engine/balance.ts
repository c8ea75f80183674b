import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { BalanceTransaction } from './objects';

/** Money that comes to the account's balance, or leaves it. */
export interface Movement {
  /** In the currency's smallest unit; negative when it leaves. */
  amount: number;
  /** What Stripe keeps of it; negative when a fee is given back. */
  fee: { amount: number; description: string } | null;
  currency: string;
  description: string | null;
  reporting_category: 'charge' | 'dispute' | 'dispute_reversal' | 'refund' | 'refund_failure';
  source: string;
  type: 'adjustment' | 'charge' | 'refund' | 'refund_failure';
  /** Whether it is pending first, as the money of a charge is. */
  isPending?: boolean;
}

const DAY = 86_400;
/** Days from a charge to the day on which its money is available (docs.stripe.com/payouts: T+2 in the US). */
const SETTLING_DAYS = 2;

/** Writes a movement into the balance, and plans when it becomes available. */
export function moveFunds(ctx: Context, movement: Movement): BalanceTransaction {
  const { amount, currency, description, fee, reporting_category, source, type } = movement;
  const available = movement.isPending ? Math.floor(ctx.now / DAY + SETTLING_DAYS) * DAY : ctx.now;
  const transaction = ctx.insert('balance_transaction', {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: available,
    balance_type: 'payments',
    created: ctx.now,
    currency,
    description,
    exchange_rate: null,
    fee: fee?.amount ?? 0,
    fee_details: fee ? [{ ...fee, application: null, currency, type: 'stripe_fee' }] : [],
    net: amount - (fee?.amount ?? 0),
    reporting_category,
    source,
    status: movement.isPending ? 'pending' : 'available',
    type,
  });
  if (movement.isPending) settleLater(ctx, transaction);
  return transaction;
}

/** A day's money has become available. */
export function fundsAvailable(ctx: Context, day: string): void {
  const settled = [...ctx.by('_pending_funds', 'day', day)];
  for (const { id } of settled) {
    ctx.update('balance_transaction', id, { status: 'available' });
    ctx.world._pending_funds.delete(id);
  }
  if (settled.length > 0) ctx.emit('balance.available', balanceOf(ctx));
}

/** What the account has, by currency: all movements so far. */
export function balanceOf(ctx: Context) {
  const sums = new Map<string, { available: number; pending: number }>();
  for (const { currency, net, status } of ctx.world.balance_transaction.walk('oldest')) {
    const sum = sums.get(currency) ?? { available: 0, pending: 0 };
    sum[status === 'available' ? 'available' : 'pending'] += net;
    sums.set(currency, sum);
  }
  if (sums.size === 0) sums.set('usd', { available: 0, pending: 0 });
  const funds = (kind: 'available' | 'pending') =>
    [...sums].map(([currency, sum]) => ({
      amount: sum[kind],
      currency,
      source_types: { card: sum[kind] },
    }));
  return {
    object: 'balance' as const,
    available: funds('available'),
    livemode: ctx.livemode,
    pending: funds('pending'),
    refund_and_dispute_prefunding: { available: [], pending: [] },
  };
}

/** One entry on the agenda for each day, whatever its number of charges. */
function settleLater(ctx: Context, { available_on: at, id }: BalanceTransaction): void {
  const day = `${ctx.clock ?? ''}@${at}`;
  const [known] = ctx.by('_pending_funds', 'day', day);
  ctx.world._pending_funds.put({ id, day });
  if (!known) ctx.schedule('balance.settle', day, at);
}
