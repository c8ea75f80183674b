import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { outstandingDebits } from './billed-debits';
import { discountLines } from './discount';
import { appliedCoupon } from './discounts';
import { dayOf, itemAmount, pricePeriod, productName } from './items';
import type { Subscription, SubscriptionItem } from './objects';
import type { InvoiceItemSeed } from './pending-items';
import { remainingTime, unusedTime } from './proration';

/** A part of a proration: what to bill or give back, for which time, and against what. */
interface Part {
  amount: number;
  period: Period;
  credited?: InvoiceItemSeed['credited'];
}

/**
 * What is given back for the unused time of items that leave or change.
 *
 * Flexible mode gives back what was billed for that time; classic mode what the item costs by its
 * present price and discounts.
 */
export function creditsFor(
  ctx: Context,
  subscription: Subscription,
  items: readonly SubscriptionItem[],
  at: number,
): Omit<InvoiceItemSeed, 'customer'>[] {
  return items.flatMap((item) =>
    creditParts(ctx, subscription, item, at)
      .filter((part) => part.amount !== 0)
      .map((part) => seedOf(ctx, subscription, item, part, 'Unused time on')),
  );
}

/** What is charged for the rest of the running period of items that are new or changed. */
export function debitsFor(
  ctx: Context,
  subscription: Subscription,
  items: readonly SubscriptionItem[],
  at: number,
): Omit<InvoiceItemSeed, 'customer'>[] {
  return items.flatMap((item) => {
    const period = pricePeriod(item.price, subscription.billing_cycle_anchor, at);
    const part = remainingTime({ amount: netAmount(ctx, subscription, item), period }, at);
    if (part.amount === 0) return [];
    return [seedOf(ctx, subscription, item, part, 'Remaining time on')];
  });
}

function creditParts(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
): Part[] {
  if (subscription.billing_mode.type === 'classic') {
    const amount = netAmount(ctx, subscription, item);
    const { billing_cycle_anchor: anchor } = subscription;
    const period = pricePeriod(item.price, anchor, item.current_period_start);
    return [unusedTime({ amount, period }, at)];
  }
  return outstandingDebits(ctx, subscription, item, at).map((debit) => ({
    ...unusedTime(debit, at),
    credited: { credited_items: debit.credited, discount_amounts: [] },
  }));
}

/** What an item costs for a whole period after the discounts that apply now. */
function netAmount(ctx: Context, subscription: Subscription, item: SubscriptionItem): number {
  const lines = subscription.items.data.map((other) => ({
    amount: itemAmount(ctx, other),
    discountable: true,
    product: other.price.product,
  }));
  const place = subscription.items.data.findIndex((other) => other.id === item.id);
  const couponsOf = (ids: string[]) => ids.flatMap((id) => appliedCoupon(ctx, id) ?? []);
  const own = discountLines(
    lines.slice(place, place + 1),
    couponsOf(item.discounts),
    item.price.currency,
  );
  const shared = discountLines(lines, couponsOf(subscription.discounts), item.price.currency);
  const taken = [...(own[0] ?? []), ...(shared[place] ?? [])];
  return Math.max(
    taken.reduce((rest, { amount }) => rest - amount, itemAmount(ctx, item)),
    0,
  );
}

function seedOf(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  part: Part,
  words: string,
): Omit<InvoiceItemSeed, 'customer'> {
  const quantity = item.quantity ?? 1;
  const name = productName(ctx, item.price);
  return {
    amount: part.amount,
    currency: item.price.currency,
    description: `${words} ${quantity > 1 ? `${quantity} × ` : ''}${name} after ${dayOf(part.period.start)}`,
    discountable: false,
    discounts: [],
    metadata: item.metadata,
    period: part.period,
    price: item.price,
    proration: true,
    ...(part.credited ? { credited: part.credited } : {}),
    quantity,
    unit_amount_decimal: String(Number((part.amount / Math.max(quantity, 1)).toFixed(12))),
    subscription: subscription.id,
    subscription_item: item.id,
    tax_rates: item.tax_rates ?? [],
  };
}
