import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import { type DiscountChoice, redeemDiscounts } from './discounts';
import { createInlinePrice, type InlinePrice } from './inline-price';
import { productName } from './items';
import { priceAmount } from './money';
import type { Customer, InvoiceItem, Price, Subscription } from './objects';
import { isNew } from './payer';
import { createInvoiceItem, type InvoiceItemSeed } from './pending-items';
import { taxRatesOf } from './tax-rates';

/** One element of `add_invoice_items`: something billed once with the subscription's next invoice. */
export interface ExtraItem {
  discountable?: boolean;
  discounts?: DiscountChoice[] | null;
  metadata?: MetadataChange;
  price?: string;
  price_data?: InlinePrice;
  quantity?: number;
  tax_rates?: string[] | null;
}

/** Makes the extra items wait for the subscription's next invoice. */
export function queueExtraItems(
  ctx: Context,
  customer: Customer,
  subscription: Subscription,
  extras: readonly ExtraItem[],
): void {
  extras.forEach((extra, index) => {
    const price = oneTimePrice(ctx, extra, `add_invoice_items[${index}]`);
    createPricedItem(ctx, customer, price, extra.quantity ?? 1, {
      discountable: extra.discountable ?? true,
      discounts: redeemDiscounts(
        ctx,
        extra.discounts ?? [],
        {
          customer,
          subscription: subscription.id,
          isFirstPurchase: isNew(ctx, customer),
          currency: price.currency,
        },
        `add_invoice_items[${index}][discounts]`,
      ),
      metadata: mergeMetadata({}, extra.metadata),
      subscription: subscription.id,
      tax_rates: taxRatesOf(ctx, extra.tax_rates, `add_invoice_items[${index}][tax_rates]`),
    });
  });
}

/** Makes an invoice item of something that is sold once, now. */
export function createPricedItem(
  ctx: Context,
  customer: Customer,
  price: Price,
  quantity: number,
  more: Pick<
    InvoiceItemSeed,
    'discountable' | 'invoice' | 'metadata' | 'subscription' | 'tax_rates'
  > & {
    discounts?: string[];
  },
): InvoiceItem {
  return createInvoiceItem(ctx, {
    amount: priceAmount(price, quantity),
    currency: price.currency,
    customer,
    description: productName(ctx, price),
    discounts: [],
    period: { start: ctx.now, end: ctx.now },
    price,
    proration: false,
    quantity,
    unit_amount_decimal: price.unit_amount_decimal,
    ...more,
  });
}

/** The price of an extra item. @throws StripeError for one that is not billed once */
export function oneTimePrice(ctx: Context, extra: ExtraItem, path: string): Price {
  if (extra.price_data) return createInlinePrice(ctx, extra.price_data, `${path}[price_data]`);
  const price = ctx.get('price', extra.price ?? '', `${path}[price]`);
  if (price.type === 'one_time') return price;
  throw invalidRequest(
    'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
    `${path}[price]`,
  );
}
