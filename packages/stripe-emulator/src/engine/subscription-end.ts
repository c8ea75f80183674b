import type { Context } from '../core/context';
import { collectInvoice } from './collection';
import { finalizeInvoice } from './invoice-finalize';
import { stopAdvancing, voidInvoice } from './invoice-states';
import { createInvoice, scheduleInvoice } from './invoicing';
import type { Invoice, Subscription } from './objects';
import { createInvoiceItem, pendingItems } from './pending-items';
import { releaseSchedule } from './schedule-release';
import { collectionSettings } from './settings';
import { changeSilently, changeSubscription } from './subscription-changes';
import { creditsFor } from './subscription-prorations';

type Details = NonNullable<Subscription['cancellation_details']>;

/** How a subscription ends. */
export interface CancelOptions {
  reason?: Details['reason'];
  comment?: string | null;
  feedback?: Details['feedback'];
  feedback_option?: string | null;
  /** Gives back the unused time as a pending item. */
  prorate?: boolean;
  /** Bills what is pending in a last invoice. */
  invoiceNow?: boolean;
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
  const last = options.invoiceNow ? lastInvoice(ctx, subscription) : undefined;
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

function lastInvoice(ctx: Context, subscription: Subscription): Invoice | undefined {
  if (!hasPendingItems(ctx, subscription)) return undefined;
  const draft = createInvoice(ctx, {
    customer: ctx.get('customer', subscription.customer),
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    lines: [],
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: true,
    discounts: subscription.discounts,
  });
  const open = finalizeInvoice(ctx, draft.id);
  const isCharged = open.status === 'open' && open.collection_method === 'charge_automatically';
  return isCharged ? collectInvoice(ctx, open.id, { offSession: true }).invoice : open;
}

function hasPendingItems(ctx: Context, { customer, currency, id }: Subscription): boolean {
  return pendingItems(ctx, customer, currency, id).length > 0;
}
