import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { type DiscountOwner, redeemDiscounts } from '../engine/discounts';
import { productName } from '../engine/items';
import { priceAmount } from '../engine/money';
import { isNew } from '../engine/payer';
import { createInvoiceItem, setTaxBehavior } from '../engine/pending-items';
import { taxRatesOf } from '../engine/tax-rates';
import { amountsOf, type invoiceItemFields } from './invoice-item-amounts';

type Params = FieldOutputs<typeof invoiceItemFields>;

/** Where a new invoice item belongs, and where in the request it is described. */
interface Place {
  currency?: string;
  invoice?: Stored<'invoice'>;
  subscription?: string;
  path?: string;
}

/** Makes an invoice item of what a request says of it; it is not put on its invoice yet. @throws StripeError */
export function newInvoiceItem(
  ctx: Context,
  customer: Stored<'customer'>,
  params: Params,
  { currency, invoice, path, subscription }: Place,
): Stored<'invoiceitem'> {
  const amounts = amountsOf(ctx, params, path);
  const used =
    amounts.price?.currency ?? currency ?? invoice?.currency ?? customer.currency ?? 'usd';
  if (invoice && invoice.currency !== used) {
    throw invalidRequest(
      `The currency of the invoice item (${used}) does not match the currency of the invoice (${invoice.currency}).`,
      'currency',
    );
  }
  return createInvoiceItem(ctx, {
    ...amounts,
    currency: used,
    customer,
    description: params.description ?? (amounts.price ? productName(ctx, amounts.price) : null),
    discountable: params.discountable ?? amounts.amount >= 0,
    discounts: redeemDiscounts(ctx, params.discounts ?? [], ownerOf(ctx, customer, used)),
    metadata: mergeMetadata({}, params.metadata),
    period: params.period ?? { start: ctx.now, end: ctx.now },
    proration: false,
    tax_behavior: params.tax_behavior,
    tax_rates: taxRatesOf(ctx, params.tax_rates, path ? `${path}[tax_rates]` : 'tax_rates'),
    subscription,
    invoice: invoice?.id,
  });
}

/** Changes an invoice item; what it costs follows its price and its quantity. */
export function changeInvoiceItem(
  ctx: Context,
  item: Stored<'invoiceitem'>,
  params: Params,
  path?: string,
): Stored<'invoiceitem'> {
  const quantity = params.quantity ?? item.quantity;
  const amounts = isPriced(params)
    ? amountsOf(ctx, { ...params, quantity }, path)
    : { ...repriced(item, quantity), price: undefined };
  const customer = ctx.get('customer', item.customer);
  const rates = params.tax_rates;
  setTaxBehavior(ctx, item.id, params.tax_behavior);
  return ctx.update('invoiceitem', item.id, {
    amount: amounts.amount,
    net_amount: amounts.amount,
    pricing: {
      ...(amounts.price === undefined && item.pricing),
      ...(amounts.price && {
        price_details: { price: amounts.price.id, product: amounts.price.product },
      }),
      type: 'price_details',
      unit_amount_decimal: amounts.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    ...(params.description === undefined ? {} : { description: params.description }),
    ...(params.discountable === undefined ? {} : { discountable: params.discountable }),
    ...(params.discounts === undefined
      ? {}
      : {
          discounts: redeemDiscounts(
            ctx,
            params.discounts ?? [],
            ownerOf(ctx, customer, item.currency),
          ),
        }),
    ...(params.period === undefined ? {} : { period: params.period }),
    ...(rates === undefined
      ? {}
      : { tax_rates: taxRatesOf(ctx, rates, path ? `${path}[tax_rates]` : 'tax_rates') }),
    metadata: mergeMetadata(item.metadata ?? {}, params.metadata),
  });
}

function isPriced({ amount, price_data, pricing, unit_amount_decimal }: Params): boolean {
  return [amount, price_data, pricing, unit_amount_decimal].some((given) => given !== undefined);
}

/** What another quantity of the same costs. */
function repriced(item: Stored<'invoiceitem'>, quantity: number) {
  const unit = item.pricing?.unit_amount_decimal ?? null;
  if (quantity === item.quantity || unit === null) {
    return { amount: item.amount, unit_amount_decimal: unit };
  }
  const rate = { unit_amount: null, unit_amount_decimal: unit };
  return { amount: priceAmount(rate, quantity), unit_amount_decimal: unit };
}

function ownerOf(ctx: Context, customer: Stored<'customer'>, currency: string): DiscountOwner {
  return { customer, isFirstPurchase: isNew(ctx, customer), currency };
}
