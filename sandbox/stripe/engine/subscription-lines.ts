import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { Period } from './calendar';
import { newLine } from './invoice-line';
import {
  currentPeriod,
  dayOf,
  describeItem,
  isMetered,
  itemAmount,
  itemParent,
  pricePeriod,
  productName,
} from './items';
import type { InvoiceLine, Subscription, SubscriptionItem } from './objects';
import { remainingTime } from './proration';

/** The lines that bill these items for their current periods: full prices, or nothing on trial. */
export function periodLines(
  ctx: Context,
  subscription: Subscription,
  items: readonly SubscriptionItem[],
): InvoiceLine[] {
  return items
    .filter((item) => !isMetered(item.price))
    .map((item) => {
      const quantity = item.quantity ?? 1;
      if (subscription.status === 'trialing') {
        const description = `Trial period for ${productName(ctx, item.price)}`;
        return itemLine(ctx, item, { amount: 0, description, proration: false });
      }
      const description = describeItem(ctx, item.price, quantity);
      return itemLine(ctx, item, { amount: itemAmount(ctx, item), description, proration: false });
    });
}

/**
 * The lines of a first invoice. A first period cut short by a billing anchor in the future is billed
 * for its time only, or not at all without prorations.
 */
export function firstLines(
  ctx: Context,
  subscription: Subscription,
  prorates: boolean,
): InvoiceLine[] {
  if (subscription.status === 'trialing') {
    return periodLines(ctx, subscription, subscription.items.data);
  }
  return subscription.items.data.flatMap((item) => {
    const period = currentPeriod(item);
    const whole = pricePeriod(item.price, subscription.billing_cycle_anchor, period.start);
    if (whole.start === period.start) return periodLines(ctx, subscription, [item]);
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

function itemLine(
  ctx: Context,
  item: SubscriptionItem,
  line: { amount: number; description: string; proration: boolean; period?: Period },
): InvoiceLine {
  return newLine({
    id: newId('il'),
    amount: line.amount,
    currency: item.price.currency,
    description: line.description,
    discountable: true,
    discounts: item.discounts,
    livemode: ctx.livemode,
    metadata: item.metadata,
    parent: itemParent(item, line.proration),
    period: line.period ?? currentPeriod(item),
    price: item.price,
    unit_amount_decimal: item.price.unit_amount_decimal,
    quantity: item.quantity ?? 1,
    subscription: item.subscription,
  });
}
