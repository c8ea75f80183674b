import { z } from 'zod';
import type { Subscription } from '../generated/prisma/client';
import { type SubscriptionDiscount, subscriptionDiscount, subscriptionItem } from './json-columns';
import { nextChangeOf } from './next-change';

/** What a subscription's customer pays next. */
export type NextPayment = {
  at: Date;
  /**
   * In the currency's smallest unit, before tax and credit, which only Stripe knows in advance;
   * null where the subscription alone does not say: prices by use, discounts on single items, a
   * schedule of which we do not know what it does.
   */
  amount: number | null;
};

/** A discount as it is shown: either part is null when the other says it. */
export type DiscountView = Pick<
  SubscriptionDiscount,
  'id' | 'promotionCodeId' | 'percentOff' | 'amountOff' | 'currency'
> & {
  endsAt: Date | null;
};

type Charged = Pick<
  Subscription,
  | 'status'
  | 'currency'
  | 'items'
  | 'discounts'
  | 'currentPeriodEnd'
  | 'cancelAt'
  | 'pauseBehavior'
  | 'resumesAt'
  | 'scheduleId'
  | 'nextChange'
>;

/**
 * The next payment of a subscription, worked out of what is mirrored of it.
 *
 * @returns null when none is coming: it ends first, has ended, or is paused over that day
 */
export function nextPayment(subscription: Charged): NextPayment | null {
  const { status, cancelAt, currentPeriodEnd: at, pauseBehavior, resumesAt } = subscription;
  const isPaused = pauseBehavior !== null && (resumesAt === null || resumesAt > at);
  const isRenewed = status === 'active' || status === 'trialing' || status === 'past_due';
  if (!isRenewed || isPaused || (cancelAt && cancelAt <= at)) return null;
  return { at, amount: amountAt(subscription, at) };
}

/** The discounts on the whole of a subscription, as they are shown. */
export function discountsOf(subscription: Pick<Subscription, 'discounts'>): DiscountView[] {
  return discounts.parse(subscription.discounts).map(({ endsAt, ...shown }) => ({
    ...shown,
    endsAt: endsAt === null ? null : new Date(endsAt),
  }));
}

/** A percentage of an amount, in whole numbers as far as it goes: 33.3% of 1500 is 499.5, not less. */
function percentOf(amount: number, percent: number): number {
  return Math.round((amount * Math.round(percent * 10_000)) / 1_000_000);
}

function amountAt(subscription: Charged, at: Date): number | null {
  let amount = priceAt(subscription, at);
  if (amount === null) return null;
  for (const discount of discounts.parse(subscription.discounts)) {
    if (discount.endsAt !== null && new Date(discount.endsAt) <= at) continue;
    if (discount.percentOff !== null) amount -= percentOf(amount, discount.percentOff);
    else if (discount.amountOff !== null && discount.currency === subscription.currency)
      amount -= Math.min(amount, discount.amountOff);
    else return null;
  }
  return amount;
}

/** Before discounts. */
function priceAt(subscription: Charged, at: Date): number | null {
  const change = nextChangeOf(subscription);
  if (change?.kind === 'scheduled' && change.at <= at) {
    return change.unitAmount === null ? null : change.unitAmount * change.quantity;
  }
  if (subscription.scheduleId && !change) return null;
  let amount = 0;
  for (const item of items.parse(subscription.items)) {
    const isDue = new Date(item.currentPeriodEnd).getTime() === at.getTime();
    if (!isDue) continue;
    if (item.unitAmount === null || item.discounts.length > 0) return null;
    amount += item.unitAmount * (item.quantity ?? 1);
  }
  return amount;
}

/** What is needed of each item and discount. */
const items = z.array(
  subscriptionItem.pick({
    unitAmount: true,
    quantity: true,
    currentPeriodEnd: true,
    discounts: true,
  }),
);
const discounts = z.array(subscriptionDiscount.omit({ couponId: true }));
