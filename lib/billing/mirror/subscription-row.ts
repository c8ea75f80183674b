import type Stripe from 'stripe';
import type { SubscriptionDiscount, SubscriptionItem } from '../json-columns';
import { planOfProduct } from '../plans';
import { idOf } from '../stripe';
import { nextChange } from './next-change';
import type { Owner } from './owner';
import type { SubscriptionRow } from './rows';
import { unixDate } from './unix-date';

/**
 * Our row for one of Stripe's subscriptions.
 *
 * @param items all of the subscription's items: the object itself holds only the first ones
 * @param schedules the customer's, with the phases' prices expanded
 * @param amountOf what a price costs in the subscription's currency, in its smallest unit
 * @returns null for a subscription without items, which Stripe does not have
 */
export function subscriptionRow(
  owner: Owner,
  subscription: Stripe.Subscription,
  items: readonly Stripe.SubscriptionItem[],
  schedules: readonly Stripe.SubscriptionSchedule[],
  amountOf: (price: Stripe.Price) => number | null,
): SubscriptionRow | null {
  // The item for one of our plans. A subscription created elsewhere may have other items.
  const item = items.find(({ price }) => planOfProduct(idOf(price.product))) ?? items[0];
  if (!item) return null;
  const { price } = item;
  const productId = idOf(price.product);
  const { schedule, pause_collection: pause, cancellation_details: details } = subscription;
  const paused = subscription.status === 'paused' ? subscription.status_details?.paused : null;
  return {
    id: subscription.id,
    customerId: owner.customerId,
    status: subscription.status,
    plan: planOfProduct(productId)?.name ?? null,
    itemId: item.id,
    priceId: price.id,
    productId,
    currency: subscription.currency,
    unitAmount: amountOf(price),
    quantity: item.quantity ?? 1,
    interval: price.recurring?.interval ?? 'month',
    intervalCount: price.recurring?.interval_count ?? 1,
    items: items.map((each) => subscriptionItem(each, subscription.currency, amountOf(each.price))),
    discounts: subscription.discounts.flatMap(subscriptionDiscount),
    currentPeriodStart: unixDate(item.current_period_start),
    currentPeriodEnd: unixDate(item.current_period_end),
    cancelAt: unixDate(cancelTime(subscription, items)),
    canceledAt: unixDate(subscription.canceled_at),
    endedAt: unixDate(subscription.ended_at),
    trialStart: unixDate(subscription.trial_start),
    trialEnd: unixDate(subscription.trial_end),
    pauseBehavior: pause?.behavior ?? null,
    resumesAt: unixDate(pause?.resumes_at ?? null),
    pausedAt: unixDate(paused?.transitioned_at ?? null),
    pauseReason: paused?.subscription.type ?? null,
    scheduleId: schedule ? idOf(schedule) : null,
    nextChange: nextChange(subscription, schedules, amountOf),
    cancelReason: details?.reason ?? null,
    cancelFeedback: details?.feedback ?? null,
    cancelComment: details?.comment ?? null,
    createdAt: unixDate(subscription.created),
  };
}

/** Newer subscriptions have the date and leave the flag false; older ones may have only the flag. */
function cancelTime(
  { cancel_at, cancel_at_period_end }: Stripe.Subscription,
  items: readonly Stripe.SubscriptionItem[],
): number | null {
  if (cancel_at !== null || !cancel_at_period_end) return cancel_at;
  return Math.max(...items.map((item) => item.current_period_end));
}

function subscriptionItem(
  item: Stripe.SubscriptionItem,
  currency: string,
  unitAmount: number | null,
): SubscriptionItem {
  const { price } = item;
  return {
    id: item.id,
    priceId: price.id,
    productId: idOf(price.product),
    currency,
    unitAmount,
    quantity: item.quantity ?? null,
    interval: price.recurring?.interval ?? null,
    intervalCount: price.recurring?.interval_count ?? null,
    currentPeriodStart: unixDate(item.current_period_start).toISOString(),
    currentPeriodEnd: unixDate(item.current_period_end).toISOString(),
    discounts: item.discounts.map(idOf),
  };
}

function subscriptionDiscount(discount: string | Stripe.Discount): SubscriptionDiscount[] {
  if (typeof discount === 'string') return [];
  const { id, end, promotion_code: code, source } = discount;
  const coupon = typeof source.coupon === 'string' ? null : source.coupon;
  return [
    {
      id,
      couponId: source.coupon ? idOf(source.coupon) : null,
      promotionCodeId: code ? idOf(code) : null,
      percentOff: coupon?.percent_off ?? null,
      amountOff: coupon?.amount_off ?? null,
      currency: coupon?.currency ?? null,
      endsAt: unixDate(end)?.toISOString() ?? null,
    },
  ];
}
