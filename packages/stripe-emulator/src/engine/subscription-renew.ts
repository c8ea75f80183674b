import type { Context } from '../core/context';
import { hasPaymentMethod } from './collection';
import { finalizeInvoice } from './invoice-finalize';
import { markUncollectible, voidInvoice } from './invoice-states';
import { createInvoice, scheduleInvoice } from './invoicing';
import { isMetered, pricePeriod } from './items';
import type { Customer, Invoice, InvoiceLine, Subscription, SubscriptionItem } from './objects';
import { pendingItems } from './pending-items';
import { dropSpentDiscounts } from './spent-discounts';
import { changeSilently, changeSubscription } from './subscription-changes';
import { cancelSubscription } from './subscription-end';
import { firstLines, usageLines } from './subscription-lines';
import { unbilledTime } from './usage-lines';

/**
 * Begins the next period of the items whose period is over and makes the invoice for it, a draft that
 * is finalized an hour later. The end of a trial is such a moment too.
 */
export function renewSubscription(ctx: Context, subscription: Subscription): void {
  const customer = ctx.get('customer', subscription.customer);
  const endsTrial = subscription.status === 'trialing';
  if (endsTrial && !hasPaymentMethod(customer, subscription)) {
    const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
    const isCharged = subscription.collection_method === 'charge_automatically';
    if (isCharged && behavior === 'cancel') {
      cancelSubscription(ctx, subscription.id, { reason: 'cancellation_requested' });
      return;
    }
    if (isCharged && behavior === 'pause') {
      pauseAfterTrial(ctx, subscription);
      return;
    }
  }
  const renewed = nextPeriod(ctx, subscription);
  const isDue = (item: SubscriptionItem) => item.current_period_start === ctx.now;
  const due = renewed.items.data.filter(isDue);
  const invoice = renewalInvoice(ctx, customer, subscription, renewed, due);
  changeSubscription(ctx, subscription.id, {
    items: renewed.items,
    status: renewed.status,
    discounts: invoice ? dropSpentDiscounts(ctx, subscription, invoice) : subscription.discounts,
    ...(invoice ? { latest_invoice: invoice.id } : {}),
  });
  if (invoice) holdCollection(ctx, subscription, invoice);
}

/** A subscription at the start of the next period of the items whose period is over now. */
function nextPeriod(ctx: Context, subscription: Subscription): Subscription {
  const data = subscription.items.data.map((item) => {
    if (item.current_period_end > ctx.now) return item;
    const { end } = pricePeriod(item.price, subscription.billing_cycle_anchor, ctx.now);
    return { ...item, current_period_start: ctx.now, current_period_end: end };
  });
  const status = subscription.status === 'trialing' ? 'active' : subscription.status;
  return { ...subscription, items: { ...subscription.items, data }, status };
}

function renewalInvoice(
  ctx: Context,
  customer: Customer,
  former: Subscription,
  renewed: Subscription,
  due: SubscriptionItem[],
): Invoice | undefined {
  const isEmpty =
    due.length === 0 && pendingItems(ctx, customer.id, renewed.currency, renewed.id).length === 0;
  if (isEmpty) return undefined;
  const starts = former.items.data.map((item) => item.current_period_start);
  return createInvoice(ctx, {
    customer,
    subscription: renewed,
    reason: 'subscription_cycle',
    currency: renewed.currency,
    lines: due.flatMap((item) => renewalLines(ctx, former, renewed, item)),
    takesPendingItems: true,
    period: { start: Math.min(...starts), end: ctx.now },
    autoAdvance: renewed.status !== 'unpaid' && !former.pause_collection,
    discounts: renewed.discounts,
  });
}

/** A period that begins is billed in advance, usage for the period that is over. A trial's is free. */
function renewalLines(
  ctx: Context,
  former: Subscription,
  renewed: Subscription,
  item: SubscriptionItem,
): InvoiceLine[] {
  const before = former.items.data.find(({ id }) => id === item.id);
  if (isMetered(item.price) && before && former.status !== 'trialing') {
    return usageLines(ctx, renewed, before, unbilledTime(ctx, before, ctx.now));
  }
  return firstLines(ctx, { ...renewed, items: { ...renewed.items, data: [item] } }, true);
}

/** Collection may be paused, in one of three ways, without the subscription being paused. */
function holdCollection(ctx: Context, subscription: Subscription, invoice: Invoice): void {
  const behavior = subscription.pause_collection?.behavior;
  if (!behavior || behavior === 'keep_as_draft') return;
  const open = finalizeInvoice(ctx, invoice.id);
  if (open.status !== 'open') return;
  if (behavior === 'void') voidInvoice(ctx, open.id);
  else markUncollectible(ctx, open.id, 'subscription_paused');
  scheduleInvoice(ctx, ctx.get('invoice', open.id));
}

function pauseAfterTrial(ctx: Context, subscription: Subscription): void {
  const paused = changeSilently(ctx, subscription.id, {
    status: 'paused',
    status_details: {
      paused: {
        subscription: { type: 'trial_end_without_payment_method' },
        transitioned_at: ctx.now,
        type: 'subscription',
      },
    },
  });
  ctx.emit('customer.subscription.paused', paused);
}
