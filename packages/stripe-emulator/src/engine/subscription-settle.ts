import type { Context } from '../core/context';
import { type Collected, subscriptionOf } from './collection';
import type { Invoice, Subscription } from './objects';
import { applyPendingUpdate } from './pending-update';
import { dropSpentDiscounts } from './spent-discounts';
import { changeSubscription } from './subscription-changes';
import { endUnpaid } from './subscription-end';

/**
 * Draws the consequences of an attempt to collect for the subscription it bills.
 *
 * Paid: it is active again. Not paid: a first invoice leaves it incomplete; any other makes it past
 * due and, when no retry is left, what the account's settings say.
 *
 * @returns the subscription as it is then; `undefined` when the invoice bills none
 */
export function settle(ctx: Context, collected: Collected): Subscription | undefined {
  const subscription = subscriptionOf(ctx, collected.invoice);
  if (!subscription) return undefined;
  if (collected.result.kind === 'paid') {
    const { method } = collected.result;
    return settlePaid(ctx, subscription, collected.invoice, method.id);
  }
  return settleUnpaid(ctx, subscription, collected.invoice);
}

/** Nothing of an invoice is owed any more: paid, or written off. */
export function settlePaid(
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
  method?: string,
): Subscription {
  applyPendingUpdate(ctx, subscription, invoice);
  const saves = subscription.payment_settings?.save_default_payment_method === 'on_subscription';
  return changeSubscription(ctx, subscription.id, {
    discounts: dropSpentDiscounts(ctx, subscription, invoice),
    ...(saves && method ? { default_payment_method: method } : {}),
    ...(revives(ctx, subscription, invoice) ? { status: 'active' } : {}),
  });
}

function settleUnpaid(ctx: Context, subscription: Subscription, invoice: Invoice): Subscription {
  if (subscription.status === 'incomplete' || subscription.status === 'canceled') {
    return subscription;
  }
  if (subscription.status === 'paused') return subscription;
  const isLastTry = invoice.next_payment_attempt === null && invoice.auto_advance === true;
  const late =
    subscription.status === 'unpaid'
      ? subscription
      : changeSubscription(ctx, subscription.id, { status: 'past_due' });
  return isLastTry ? endUnpaid(ctx, late, invoice) : late;
}

/** A debt is settled: does it run again? An older debt leaves it past due. */
function revives(ctx: Context, subscription: Subscription, invoice: Invoice): boolean {
  if (subscription.status === 'incomplete') return invoice.billing_reason === 'subscription_create';
  if (subscription.status !== 'past_due' && subscription.status !== 'unpaid') return false;
  for (const other of ctx.by('invoice', 'subscription', subscription.id)) {
    if (other.id !== invoice.id && other.status === 'open' && other.attempted) return false;
  }
  return true;
}
