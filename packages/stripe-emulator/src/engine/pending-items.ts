import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { newLine } from './invoice-line';
import { quantityFields } from './money';
import type { Customer, InvoiceItem, InvoiceLine, Price, TaxRate } from './objects';

/** What an invoice item needs to be told. */
export interface InvoiceItemSeed {
  amount: number;
  currency: string;
  customer: Customer;
  description: string | null;
  discountable: boolean;
  discounts: string[];
  metadata: Record<string, string>;
  period: Period;
  price: Price | null;
  proration: boolean;
  credited?: InvoiceItem['proration_details'];
  quantity: number;
  unit_amount_decimal: string | null;
  subscription?: string;
  subscription_item?: string;
  invoice?: string | null;
  tax_rates?: TaxRate[];
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified';
}

/** Makes an invoice item: a line that waits for the customer's or subscription's next invoice. */
export function createInvoiceItem(ctx: Context, seed: InvoiceItemSeed): InvoiceItem {
  const item: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: seed.amount,
    currency: seed.currency,
    customer: seed.customer.id,
    customer_account: seed.customer.customer_account ?? null,
    date: ctx.now,
    description: seed.description,
    discountable: seed.discountable,
    discounts: seed.discounts,
    invoice: seed.invoice ?? null,
    livemode: ctx.livemode,
    metadata: seed.metadata,
    net_amount: seed.amount,
    parent: parentOf(seed),
    period: { end: seed.period.end, start: seed.period.start },
    pricing: {
      ...(seed.price
        ? { price_details: { price: seed.price.id, product: seed.price.product } }
        : {}),
      type: 'price_details',
      unit_amount_decimal: seed.unit_amount_decimal,
    },
    proration: seed.proration,
    ...(seed.credited ? { proration_details: seed.credited } : {}),
    ...quantityFields(seed.quantity),
    tax_rates: seed.tax_rates ?? [],
    test_clock: seed.customer.test_clock ?? null,
  };
  setTaxBehavior(ctx, item.id, seed.tax_behavior);
  return ctx.insert('invoiceitem', item, 'invoiceitem.created');
}

/** Whether an item's amount contains its tax, which the item itself does not show. */
export function setTaxBehavior(
  ctx: Context,
  item: string,
  behavior: InvoiceItemSeed['tax_behavior'],
): void {
  if (behavior === undefined) return;
  if (behavior === 'unspecified') ctx.world._taxed.delete(item);
  else ctx.world._taxed.put({ id: item, behavior });
}

/**
 * The items that wait for a next invoice, oldest first: of a subscription, its own and those of its
 * customer that name none; without one, only the customer's.
 */
export function pendingItems(
  ctx: Context,
  customer: string,
  currency: string,
  subscription: string | undefined,
): InvoiceItem[] {
  return [...ctx.by('invoiceitem', 'pending', customer)]
    .filter((item) => {
      const owner = item.parent?.subscription_details?.subscription;
      return item.currency === currency && (owner === undefined || owner === subscription);
    })
    .reverse();
}

/** An invoice item as a line of the invoice that takes it up. */
export function lineOf(ctx: Context, item: InvoiceItem): InvoiceLine {
  const price = item.pricing?.price_details?.price;
  return newLine({
    id: newId('il'),
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    livemode: item.livemode,
    metadata: item.metadata ?? {},
    parent: lineParent(item),
    period: item.period,
    price: (price && ctx.find('price', price)) || null,
    unit_amount_decimal: item.pricing?.unit_amount_decimal ?? null,
    quantity: Number(item.quantity_decimal ?? item.quantity),
    subscription: item.parent?.subscription_details?.subscription ?? null,
  });
}

function parentOf(seed: InvoiceItemSeed): InvoiceItem['parent'] {
  if (!seed.subscription) return null;
  return {
    subscription_details: {
      subscription: seed.subscription,
      ...(seed.subscription_item ? { subscription_item: seed.subscription_item } : {}),
    },
    type: 'subscription_details',
  };
}

function lineParent(item: InvoiceItem): InvoiceLine['parent'] {
  const owner = item.parent?.subscription_details;
  const credited = item.proration_details?.credited_items?.invoice_line_item_details ?? null;
  const details = {
    proration: item.proration,
    proration_details: { credited_items: credited },
    subscription: owner?.subscription ?? null,
  };
  if (!owner?.subscription_item) {
    return {
      invoice_item_details: { ...details, invoice_item: item.id },
      subscription_item_details: null,
      type: 'invoice_item_details',
    };
  }
  return {
    invoice_item_details: null,
    subscription_item_details: {
      ...details,
      invoice_item: item.id,
      subscription_item: owner.subscription_item,
    },
    type: 'subscription_item_details',
  };
}
