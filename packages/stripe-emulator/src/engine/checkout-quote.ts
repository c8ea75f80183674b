import type { Context } from '../core/context';
import { cartTerms, type TaxBasis } from './checkout-tax';
import { type AppliedCoupon, discountLines } from './discount';
import { productName, rateOf } from './items';
import { priceAmount } from './money';
import type { LineItem, Price } from './objects';
import { type Tax, taxesOn, taxSum } from './tax-math';

/** One thing on a Checkout page. */
export interface CartItem {
  id: string;
  price: Price;
  quantity: number;
  adjustable: LineItem['adjustable_quantity'];
  metadata: Record<string, string>;
  /** The ids of the tax rates that it has by itself. */
  taxRates: string[];
}

/** What a Checkout session asks to be paid today. */
export interface Quote {
  lineItems: LineItem[];
  amount_subtotal: number;
  amount_discount: number;
  /** All taxes, those that the prices contain included. */
  amount_tax: number;
  amount_total: number;
  taxes: LineTax[];
}

/** What a cart is added up with. */
export interface QuoteTerms {
  coupons: AppliedCoupon[];
  currency: string;
  /** On trial the recurring prices cost nothing today. */
  isTrial: boolean;
  basis: TaxBasis;
}

type LineTax = NonNullable<LineItem['taxes']>[number];

/** Adds up a cart. */
export function quoteCart(ctx: Context, cart: CartItem[], terms: QuoteTerms): Quote {
  const { basis, coupons, currency, isTrial } = terms;
  const lines = cart.map(({ price, quantity }) => ({
    amount: isTrial && price.recurring ? 0 : amountOf(ctx, price, quantity),
    discountable: true,
    product: price.product,
  }));
  const taken = discountLines(lines, coupons, currency);
  const lineItems = cart.map((item, place) => {
    const subtotal = lines[place]?.amount ?? 0;
    const discount = sum((taken[place] ?? []).map(({ amount }) => amount));
    const taxes = taxesOn(subtotal - discount, cartTerms(ctx, item, basis));
    return newLineItem(ctx, item, currency, { subtotal, discount, taxes });
  });
  return {
    lineItems,
    amount_subtotal: sum(lineItems.map((item) => item.amount_subtotal)),
    amount_discount: sum(lineItems.map((item) => item.amount_discount)),
    amount_tax: sum(lineItems.map((item) => item.amount_tax)),
    amount_total: sum(lineItems.map((item) => item.amount_total)),
    taxes: mergeByRate(lineItems.flatMap(({ taxes }) => taxes ?? [])),
  };
}

function amountOf(ctx: Context, price: Price, quantity: number): number {
  if (price.recurring?.usage_type === 'metered') return 0;
  return priceAmount(rateOf(ctx, price), quantity);
}

function newLineItem(
  ctx: Context,
  item: CartItem,
  currency: string,
  { subtotal, discount, taxes }: { subtotal: number; discount: number; taxes: Tax[] },
): LineItem {
  return {
    id: item.id,
    object: 'item',
    adjustable_quantity: item.adjustable,
    amount_discount: discount,
    amount_subtotal: subtotal,
    amount_tax: sum(taxes.map(({ amount }) => amount)),
    amount_total: subtotal - discount + taxSum(taxes, 'exclusive'),
    currency,
    description: productName(ctx, item.price),
    metadata: item.metadata,
    price: item.price,
    quantity: item.quantity,
    taxes: taxes.flatMap(({ amount, tax_rate_details: of, taxability_reason, taxable_amount }) =>
      of
        ? {
            amount,
            rate: ctx.get('tax_rate', of.tax_rate),
            // Rates that were put on by hand have no reason here.
            taxability_reason: taxability_reason === 'not_available' ? null : taxability_reason,
            taxable_amount,
          }
        : [],
    ),
  };
}

function mergeByRate(taxes: readonly LineTax[]): LineTax[] {
  const wholes = new Map<string, LineTax>();
  for (const tax of taxes) {
    const known = wholes.get(tax.rate.id);
    wholes.set(tax.rate.id, {
      ...tax,
      amount: (known?.amount ?? 0) + tax.amount,
      taxable_amount: (known?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
    });
  }
  return [...wholes.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
