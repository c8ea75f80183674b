import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { describeItem, describeTier, isMetered, rateOf } from './items';
import { priceAmount, quantityFields, tierParts } from './money';
import type { Invoice, InvoiceLine, Price, SubscriptionItem } from './objects';
import type { InvoiceItemSeed } from './pending-items';
import { priceIn } from './recurring-price';
import { usageIn } from './usage';

/** One line's worth of usage: all units of a price, or those of one tier. */
export interface UsagePart {
  amount: number;
  description: string;
  quantity: number;
  unit_amount_decimal: string | null;
}

/** The time whose usage an item still has to be billed for, up to `until` at most. */
export function unbilledTime(ctx: Context, item: SubscriptionItem, until: number): Period {
  const from = ctx.find('_usage_from', item.id)?.at ?? 0;
  const end = Math.min(item.current_period_end, until);
  return { start: Math.min(Math.max(item.current_period_start, from), end), end };
}

/** Usage of an item from now on is billed later, what was before is not: it is billed already, or lost. */
export function billUsageFrom(ctx: Context, item: string, at: number): void {
  ctx.world._usage_from.put({ id: item, at });
}

/** What a customer's usage of a price in a time comes to. Usage below nothing costs nothing. */
export function usageParts(
  ctx: Context,
  price: Price,
  customer: string,
  time: Period,
): UsagePart[] {
  const meter = ctx.find('billing.meter', price.recurring?.meter ?? '');
  const quantity = meter ? Math.max(usageIn(ctx, meter, customer, time), 0) : 0;
  const rate = rateOf(ctx, price);
  const parts = quantity > 0 ? tierParts(rate, quantity) : undefined;
  if (parts) {
    return parts.map((part) => ({
      amount: part.amount,
      description: describeTier(ctx, price, part),
      quantity: part.quantity,
      unit_amount_decimal: part.unit_amount_decimal,
    }));
  }
  return [
    {
      amount: quantity === 0 ? 0 : priceAmount(rate, quantity),
      description: describeItem(ctx, price, quantity),
      quantity,
      unit_amount_decimal: price.unit_amount_decimal,
    },
  ];
}

/** Invoice items for what the items were used for until now, as they leave or change. */
export function usageSeeds(
  ctx: Context,
  customer: string,
  items: readonly SubscriptionItem[],
): Omit<InvoiceItemSeed, 'customer'>[] {
  return items
    .filter((item) => isMetered(item.price))
    .flatMap((item) => {
      const period = unbilledTime(ctx, item, ctx.now);
      return usageParts(ctx, item.price, customer, period)
        .filter(({ amount }) => amount > 0)
        .map((part) => ({
          ...part,
          currency: item.price.currency,
          discountable: true,
          discounts: item.discounts,
          metadata: item.metadata,
          period,
          price: item.price,
          proration: false,
          subscription: item.subscription,
          subscription_item: item.id,
          tax_rates: item.tax_rates ?? [],
        }));
    });
}

/**
 * The lines of a draft with the usage that was reported since it was made. A line is for the usage in
 * its own period.
 */
export function withLateUsage(ctx: Context, draft: Invoice): InvoiceLine[] {
  const seen = new Set<string>();
  return draft.lines.data.flatMap((line) => {
    const price = usagePriceOf(ctx, line);
    if (!price || !draft.customer) return [line];
    const key = keyOf(line);
    if (seen.has(key)) return [];
    seen.add(key);
    const former = draft.lines.data.filter((other) => keyOf(other) === key);
    return usageParts(ctx, price, draft.customer, line.period).map((part, at) =>
      withPart(former[at] ?? copyOf(ctx, line), part),
    );
  });
}

/** A line with the fields that follow from its usage. */
export function withPart(line: InvoiceLine, part: UsagePart): InvoiceLine {
  const { amount, description, quantity, unit_amount_decimal } = part;
  return {
    ...line,
    amount,
    description,
    pricing: line.pricing && { ...line.pricing, unit_amount_decimal },
    ...quantityFields(quantity),
    subtotal: amount,
  };
}

/** Another line like it, taxed alike. */
function copyOf(ctx: Context, line: InvoiceLine): InvoiceLine {
  const id = newId('il');
  const taxed = ctx.find('_taxed', line.id);
  if (taxed) ctx.world._taxed.put({ ...taxed, id });
  return { ...line, id };
}

/** The metered price whose usage a line bills, unless it is an invoice item, whose amount is fixed. */
function usagePriceOf(ctx: Context, line: InvoiceLine): Price | undefined {
  const details = line.parent?.subscription_item_details;
  if (!details || details.invoice_item || details.proration) return undefined;
  const price = ctx.find('price', line.pricing?.price_details?.price ?? '');
  if (!price || !isMetered(price) || line.period.end > ctx.now) return undefined;
  return priceIn(ctx, price, line.currency, 'currency');
}

function keyOf(line: InvoiceLine): string {
  const item = line.parent?.subscription_item_details?.subscription_item;
  return item ? `${item} ${line.period.start}` : line.id;
}
