import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { newLine } from './invoice-line';
import {
  currentPeriod,
  dayOf,
  describeItem,
  describeTier,
  isMetered,
  itemAmount,
  itemParent,
  pricePeriod,
  productName,
  rateOf,
} from './items';
import { type TierPart, tierParts } from './money';
import type { InvoiceLine, Subscription, SubscriptionItem } from './objects';
import { remainingTime } from './proration';
import { usageParts, withPart } from './usage-lines';

/** The lines that bill these items for their current periods: full prices, or nothing on trial. */
export function periodLines(
  ctx: Context,
  subscription: Subscription,
  items: readonly SubscriptionItem[],
): InvoiceLine[] {
  return items.flatMap((item) => {
    const quantity = item.quantity ?? 1;
    if (subscription.status === 'trialing') {
      const description = `Trial period for ${productName(ctx, item.price)}`;
      return itemLine(ctx, item, { amount: 0, description, proration: false });
    }
    if (isMetered(item.price)) {
      const { start } = currentPeriod(item);
      return usageLines(ctx, subscription, item, { start, end: start });
    }
    const parts = tierParts(rateOf(ctx, item.price), quantity);
    if (parts) return parts.map((part) => tierLine(ctx, item, part));
    const description = describeItem(ctx, item.price, quantity);
    return itemLine(ctx, item, { amount: itemAmount(ctx, item), description, proration: false });
  });
}

/** The lines that bill what an item was used for in a time. */
export function usageLines(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  period: Period,
): InvoiceLine[] {
  return usageParts(ctx, item.price, subscription.customer, period).map((part) => {
    const line = itemLine(ctx, item, { ...part, proration: false });
    return { ...withPart(line, part), period };
  });
}

/**
 * The lines of a first invoice. A first period cut short by a billing anchor in the future is billed
 * for its time only, or not at all without prorations.
 *
 * @param from when a backdated subscription began; each period since then is billed too
 */
export function firstLines(
  ctx: Context,
  subscription: Subscription,
  prorates: boolean,
  from?: number,
): InvoiceLine[] {
  if (subscription.status === 'trialing') {
    return periodLines(ctx, subscription, subscription.items.data);
  }
  const { billing_cycle_anchor: anchor, items } = subscription;
  const isBackdated = from !== undefined && from < ctx.now;
  const since = (item: SubscriptionItem) =>
    isBackdated && prorates ? periodsSince(item, anchor, from) : [item];
  return items.data.flatMap(since).flatMap((item) => {
    const period = currentPeriod(item);
    if (isMetered(item.price)) return meteredLines(ctx, subscription, item);
    const whole = pricePeriod(item.price, anchor, period.start);
    const isWhole = whole.start === period.start;
    if (isWhole && (prorates || !isBackdated)) return periodLines(ctx, subscription, [item]);
    const { amount } = remainingTime(
      { amount: itemAmount(ctx, item), period: whole },
      period.start,
    );
    const name = productName(ctx, item.price);
    const description = prorates
      ? `Remaining time on ${name} after ${dayOf(period.start)}`
      : describeItem(ctx, item.price, item.quantity ?? 1);
    return [
      itemLine(ctx, item, { amount: prorates ? amount : 0, description, proration: prorates }),
    ];
  });
}

/** Usage is billed when its period is over; until then it is a line that costs nothing. */
function meteredLines(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
): InvoiceLine[] {
  const period = currentPeriod(item);
  if (period.end <= ctx.now) return usageLines(ctx, subscription, item, period);
  return periodLines(ctx, subscription, [item]);
}

/** An item in each of its periods from a time in the past to the one that runs. */
function periodsSince(item: SubscriptionItem, anchor: number, from: number): SubscriptionItem[] {
  const periods: SubscriptionItem[] = [];
  for (let start = from; start < item.current_period_end; ) {
    const { end } = pricePeriod(item.price, anchor, start);
    periods.push({ ...item, current_period_start: start, current_period_end: end });
    start = end;
  }
  return periods;
}

/** What one tier of a price adds is a line of its own. */
function tierLine(ctx: Context, item: SubscriptionItem, part: TierPart): InvoiceLine {
  const { amount, quantity, unit_amount_decimal } = part;
  const description = describeTier(ctx, item.price, part);
  return {
    ...itemLine(ctx, item, { amount, description, proration: false, unit: unit_amount_decimal }),
    quantity,
    quantity_decimal: String(quantity),
  };
}

function itemLine(
  ctx: Context,
  item: SubscriptionItem,
  line: { amount: number; description: string; proration: boolean; unit?: string },
): InvoiceLine {
  const id = newId('il');
  const rates = (item.tax_rates ?? []).map((rate) => rate.id);
  if (rates.length > 0) ctx.world._taxed.put({ id, rates });
  return newLine({
    id,
    amount: line.amount,
    currency: item.price.currency,
    description: line.description,
    discountable: true,
    discounts: item.discounts,
    livemode: ctx.livemode,
    metadata: item.metadata,
    parent: itemParent(item, line.proration),
    period: currentPeriod(item),
    price: item.price,
    unit_amount_decimal: line.unit ?? item.price.unit_amount_decimal,
    quantity: item.quantity ?? 1,
    subscription: item.subscription,
  });
}
