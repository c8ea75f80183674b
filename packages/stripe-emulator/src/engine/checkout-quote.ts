import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { type AppliedCoupon, discountLines } from './discount';
import { productName, rateOf } from './items';
import { priceAmount } from './money';
import type { LineItem, Price } from './objects';

/** One thing on a Checkout page. */
export interface CartItem {
  id?: string;
  price: Price;
  quantity: number;
  adjustable: LineItem['adjustable_quantity'];
  metadata: Record<string, string>;
}

/** What a Checkout session asks to be paid today. */
export interface Quote {
  lineItems: LineItem[];
  amount_subtotal: number;
  amount_discount: number;
  amount_total: number;
}

/** Adds up a cart. On trial the recurring prices cost nothing today. */
export function quoteCart(
  ctx: Context,
  cart: CartItem[],
  coupons: AppliedCoupon[],
  currency: string,
  isTrial: boolean,
): Quote {
  const lines = cart.map(({ price, quantity }) => ({
    amount: isTrial && price.recurring ? 0 : amountOf(ctx, price, quantity),
    discountable: true,
    product: price.product,
  }));
  const taken = discountLines(lines, coupons, currency);
  const lineItems = cart.map((item, place) => {
    const subtotal = lines[place]?.amount ?? 0;
    const discount = (taken[place] ?? []).reduce((sum, { amount }) => sum + amount, 0);
    return newLineItem(ctx, item, currency, subtotal, discount);
  });
  const subtotal = lineItems.reduce((sum, item) => sum + item.amount_subtotal, 0);
  const discount = lineItems.reduce((sum, item) => sum + item.amount_discount, 0);
  return {
    lineItems,
    amount_subtotal: subtotal,
    amount_discount: discount,
    amount_total: subtotal - discount,
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
  subtotal: number,
  discount: number,
): LineItem {
  return {
    id: item.id ?? newId('li'),
    object: 'item',
    adjustable_quantity: item.adjustable,
    amount_discount: discount,
    amount_subtotal: subtotal,
    amount_tax: 0,
    amount_total: subtotal - discount,
    currency,
    description: productName(ctx, item.price),
    metadata: item.metadata,
    price: item.price,
    quantity: item.quantity,
  };
}
