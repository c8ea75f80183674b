import type { Context } from '../core/context';
import { createInvoice } from './invoicing';
import { isMetered } from './items';
import type { Subscription, SubscriptionItem } from './objects';
import { changeSubscription } from './subscription-changes';
import { usageLines } from './subscription-lines';
import { updateSubscription } from './subscription-update';
import { usageIn } from './usage';
import { billUsageFrom, unbilledTime, usageParts } from './usage-lines';

const WATCHED: ReadonlySet<string> = new Set(['active', 'past_due']);

/** Has the subscriptions of a customer looked at, a second from now, that bill usage above a threshold. */
export function watchThresholds(ctx: Context, customer: string, meter: string): void {
  for (const subscription of [...ctx.by('subscription', 'customer', customer)]) {
    const uses = subscription.items.data.some(({ price }) => price.recurring?.meter === meter);
    if (!uses || !hasThreshold(subscription)) continue;
    ctx.schedule('subscription.threshold', subscription.id, ctx.now + 1);
  }
}

/** Bills the usage of a subscription until now, if it is above a threshold. */
export function thresholdDue(ctx: Context, id: string): void {
  const subscription = ctx.find('subscription', id);
  if (!subscription || !WATCHED.has(subscription.status) || !isReached(ctx, subscription)) return;
  if (subscription.billing_thresholds?.reset_billing_cycle_anchor) {
    updateSubscription(ctx, id, { billing_cycle_anchor: { type: 'now' }, off_session: true });
    return;
  }
  const items = meteredItems(subscription);
  const periods = items.map((item) => unbilledTime(ctx, item, ctx.now));
  const invoice = createInvoice(ctx, {
    customer: ctx.get('customer', subscription.customer),
    subscription,
    reason: 'subscription_threshold',
    currency: subscription.currency,
    lines: items.flatMap((item) =>
      usageLines(ctx, subscription, item, unbilledTime(ctx, item, ctx.now)),
    ),
    takesPendingItems: true,
    period: { start: Math.min(...periods.map(({ start }) => start)), end: ctx.now },
    autoAdvance: !subscription.pause_collection,
    discounts: subscription.discounts,
  });
  for (const { id: item } of items) billUsageFrom(ctx, item, ctx.now);
  changeSubscription(ctx, id, { latest_invoice: invoice.id });
}

function hasThreshold({ billing_thresholds: own, items }: Subscription): boolean {
  return own?.amount_gte != null || items.data.some((item) => item.billing_thresholds?.usage_gte);
}

function isReached(ctx: Context, subscription: Subscription): boolean {
  const { billing_thresholds: own, customer } = subscription;
  const items = meteredItems(subscription);
  const amount = items
    .flatMap((item) => usageParts(ctx, item.price, customer, unbilledTime(ctx, item, ctx.now)))
    .reduce((sum, part) => sum + part.amount, 0);
  if (own?.amount_gte != null && amount >= own.amount_gte) return true;
  return items.some((item) => {
    const meter = ctx.find('billing.meter', item.price.recurring?.meter ?? '');
    const threshold = item.billing_thresholds?.usage_gte;
    if (!meter || threshold == null) return false;
    return usageIn(ctx, meter, customer, unbilledTime(ctx, item, ctx.now)) >= threshold;
  });
}

function meteredItems(subscription: Subscription): SubscriptionItem[] {
  return subscription.items.data.filter(({ price }) => isMetered(price));
}
