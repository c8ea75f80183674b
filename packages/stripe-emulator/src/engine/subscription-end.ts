import type { Context } from '../core/context';
import { billPending } from './bill-pending';
import { collectInvoice } from './collection';
import { stopAdvancing, voidInvoice } from './invoice-states';
import { scheduleInvoice } from './invoicing';
import { isMetered } from './items';
import type { Invoice, Subscription, SubscriptionItem } from './objects';
import { createInvoiceItem, pendingItems } from './pending-items';
import { releaseSchedule } from './schedule-release';
import { collectionSettings } from './settings';
import { changeSilently, changeSubscription } from './subscription-changes';
import { creditsFor } from './subscription-prorations';
import { usageSeeds } from './usage-lines';

/** What was used is billed in these states only. */
const BILLED: ReadonlySet<string> = new Set(['active', 'past_due', 'unpaid']);

type Details = NonNullable<Subscription['cancellation_details']>;

/** How a subscription ends. */
export interface CancelOptions {
  reason?: Details['reason'];
  comment?: string | null;
  feedback?: Details['feedback'];
  feedback_option?: string | null;
  /** Gives back the unused time as a pending item. */
  prorate?: boolean;
  /** Bills what is pending, and what was used until now, in a last invoice. */
  invoiceNow?: boolean;
  /** It ends when it was to end: what was used until now is billed. */
  isDue?: boolean;
}

/**
 * Ends a subscription at once; writes `customer.subscription.deleted` and stops its open invoices. One
 * that never began, as its first invoice is unpaid, expires instead.
 */
export function cancelSubscription(
  ctx: Context,
  id: string,
  options: CancelOptions = {},
): Subscription {
  const subscription = ctx.get('subscription', id);
  if (subscription.status === 'incomplete') {
    return expireIncomplete(ctx, subscription, canceledBy(ctx, subscription, options));
  }
  const customer = ctx.get('customer', subscription.customer);
  const isBilled = subscription.status === 'active' || subscription.status === 'past_due';
  if (options.prorate && isBilled) {
    for (const seed of creditsFor(ctx, subscription, subscription.items.data, ctx.now)) {
      createInvoiceItem(ctx, { ...seed, customer });
    }
  }
  if (options.invoiceNow || options.isDue) queueUsage(ctx, subscription);
  const last = isInvoiced(ctx, subscription, options) ? lastInvoice(ctx, subscription) : undefined;
  releaseSchedule(ctx, subscription);
  ctx.schedule('subscription.resume', id, null);
  for (const invoice of [...ctx.by('invoice', 'subscription', id)]) {
    if (invoice.id !== last?.id) stopAdvancing(ctx, invoice);
  }
  const ended = changeSilently(ctx, id, {
    ...canceledBy(ctx, subscription, options),
    ended_at: ctx.now,
    ...(last ? { latest_invoice: last.id } : {}),
    pending_update: null,
    schedule: null,
    status: 'canceled',
  });
  ctx.emit('customer.subscription.deleted', ended);
  return ended;
}

/** Who ended a subscription and when, in its own fields. */
function canceledBy(
  ctx: Context,
  { canceled_at, cancellation_details: details }: Subscription,
  options: CancelOptions,
): Partial<Subscription> {
  return {
    canceled_at: canceled_at ?? ctx.now,
    cancellation_details: {
      comment: options.comment ?? details?.comment ?? null,
      feedback: options.feedback ?? details?.feedback ?? null,
      feedback_option: options.feedback_option ?? details?.feedback_option ?? null,
      reason: options.reason ?? 'cancellation_requested',
    },
  };
}

/**
 * A first invoice was not paid in time, or is not to be paid any more: the subscription never was, its
 * invoice is void.
 */
export function expireIncomplete(
  ctx: Context,
  subscription: Subscription,
  changes: Partial<Subscription> = {},
): Subscription {
  const expired = changeSubscription(ctx, subscription.id, {
    ...changes,
    ended_at: ctx.now,
    status: 'incomplete_expired',
  });
  for (const invoice of [...ctx.by('invoice', 'subscription', subscription.id)]) {
    if (invoice.status === 'open') voidInvoice(ctx, invoice.id);
  }
  return expired;
}

/** The last try to collect failed: what the account's settings say. */
export function endUnpaid(
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
): Subscription {
  const { afterRetries } = collectionSettings(ctx);
  if (afterRetries === 'cancel') {
    return cancelSubscription(ctx, subscription.id, { reason: 'payment_failed' });
  }
  if (afterRetries === 'past_due') return subscription;
  scheduleInvoice(ctx, ctx.update('invoice', invoice.id, { auto_advance: false }));
  return changeSubscription(ctx, subscription.id, { status: 'unpaid' });
}

/** What is pending when a subscription ends by itself stays so, unless usage is billed. */
function isInvoiced(ctx: Context, subscription: Subscription, options: CancelOptions): boolean {
  const pending = pendingItems(ctx, subscription.customer, subscription.currency, subscription.id);
  if (options.invoiceNow) return pending.length > 0;
  const items = new Set(subscription.items.data.filter(usesMeter).map(({ id }) => id));
  return (
    options.isDue === true &&
    pending.some(({ parent }) => items.has(parent?.subscription_details?.subscription_item ?? ''))
  );
}

/** Makes what a subscription was used for until now wait for its last invoice. */
function queueUsage(ctx: Context, subscription: Subscription): void {
  if (!BILLED.has(subscription.status)) return;
  const customer = ctx.get('customer', subscription.customer);
  for (const seed of usageSeeds(ctx, customer.id, subscription.items.data)) {
    createInvoiceItem(ctx, { ...seed, customer });
  }
}

function usesMeter({ price }: SubscriptionItem): boolean {
  return isMetered(price);
}

function lastInvoice(ctx: Context, subscription: Subscription): Invoice {
  const open = billPending(ctx, subscription);
  const isCharged = open.status === 'open' && open.collection_method === 'charge_automatically';
  return isCharged ? collectInvoice(ctx, open.id, { offSession: true }).invoice : open;
}
