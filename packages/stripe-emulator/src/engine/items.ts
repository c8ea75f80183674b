import { type Period, periodAt, type Recurrence } from '../core/calendar';
import type { Context } from '../core/context';
import { formatAmount, priceAmount, type Rate, type TierPart } from './money';
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from './objects';

/** What an item costs for one whole period, before discounts, in the smallest unit. */
export function itemAmount(ctx: Context, item: SubscriptionItem): number {
  if (isMetered(item.price)) return 0;
  return priceAmount(rateOf(ctx, item.price), item.quantity ?? 1);
}

/** A price with its tiers, which it shows only when they are asked for. */
export function rateOf(ctx: Context, price: Price): Price & Rate {
  const details = ctx.find('_price', price.id);
  const tiers = details?.currency_options[price.currency]?.tiers ?? details?.tiers;
  return tiers ? { ...price, tiers } : price;
}

/** Usage-based prices are billed by usage when a period is over. */
export function isMetered(price: Price): boolean {
  return price.recurring?.usage_type === 'metered';
}

export function recurrenceOf(price: Price): Recurrence {
  return {
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
  };
}

/** The period of a price that contains a moment, by the subscription's anchor. */
export function pricePeriod(price: Price, anchor: number, time: number): Period {
  return periodAt(anchor, recurrenceOf(price), time);
}

export function currentPeriod(item: SubscriptionItem): Period {
  return { start: item.current_period_start, end: item.current_period_end };
}

/** The end of the first and of the last running period of a subscription's items. */
export function periodEnds(subscription: Subscription): { first: number; last: number } {
  const ends = subscription.items.data.map((item) => item.current_period_end);
  return { first: Math.min(...ends), last: Math.max(...ends) };
}

/** A price as it is in one of its currencies. */
export function inCurrency(price: Price, currency: string): Price {
  const option = price.currency_options?.[currency];
  if (currency === price.currency || !option) return price;
  return {
    ...price,
    currency,
    unit_amount: option.unit_amount,
    unit_amount_decimal: option.unit_amount_decimal,
    ...(option.tiers ? { tiers: option.tiers } : {}),
  };
}

/** The name of a price's product as it is now. */
export function productName(ctx: Context, price: Price): string {
  return ctx.find('product', price.product)?.name ?? price.product;
}

/** Such as `1 × Pro (at $20.00 / month)`. */
export function describeItem(ctx: Context, price: Price, quantity: number): string {
  const rate = rateAs(price, Number(price.unit_amount_decimal ?? 0), 'at');
  return `${quantity} × ${productName(ctx, price)} (${rate})`;
}

/** Such as `5 × Pro (Tier 1 at $10.00 / month)`, and without a quantity for a flat amount. */
export function describeTier(ctx: Context, price: Price, part: TierPart): string {
  const rate = rateAs(price, Number(part.unit_amount_decimal), `Tier ${part.tier} at`);
  return `${part.isFlat ? '' : `${part.quantity} × `}${productName(ctx, price)} (${rate})`;
}

function rateAs(price: Price, amount: number, words: string): string {
  const { interval, interval_count: count } = recurrenceOf(price);
  const every = count === 1 ? interval : `${count} ${interval}s`;
  return `${words} ${formatAmount(amount, price.currency)} / ${every}`;
}

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** The day of a moment as Stripe writes it in descriptions: `15 Jan 2027`. */
export function dayOf(time: number): string {
  return DAY_FORMAT.format(time * 1000);
}

/** What stands behind a line that bills a subscription's item. */
export function itemParent(item: SubscriptionItem, proration: boolean): InvoiceLine['parent'] {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration,
      proration_details: { credited_items: null },
      subscription: item.subscription,
      subscription_item: item.id,
    },
    type: 'subscription_item_details',
  };
}

/** A price's interval as one word, for comparing. */
export function intervalOf(price: Price): string {
  const { interval, interval_count } = recurrenceOf(price);
  return `${interval_count} ${interval}`;
}
