import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { cartOf, isTrial } from './checkout-cart';
import type { CheckoutForm } from './checkout-form';
import { type CartItem, type Quote, quoteCart } from './checkout-quote';
import { taxBasis } from './checkout-tax';
import { checkPromotionCode, type DiscountOwner, redeemDiscounts } from './discounts';
import type { CheckoutSession, Customer } from './objects';
import { isNew } from './payer';

/**
 * What the page shows: the sums with these quantities and this promotion code, nothing changed.
 *
 * @throws StripeError for a code that does not exist or cannot be used
 */
export function quoteCheckout(
  ctx: Context,
  session: CheckoutSession,
  form: Pick<CheckoutForm, 'address' | 'promotionCode' | 'quantities'>,
): Quote {
  const cart = cartOf(ctx, session, form.quantities);
  const coupons = form.promotionCode
    ? [{ discount: 'di_preview', coupon: promotionCoupon(ctx, session, form.promotionCode, cart) }]
    : sessionCoupons(ctx, session);
  return quoteCart(ctx, cart, {
    coupons,
    currency: session.currency ?? 'usd',
    isTrial: isTrial(ctx, session),
    basis: taxBasis(ctx, session, customerOf(ctx, session), form.address),
  });
}

/**
 * Redeems what the session or the customer's code takes off.
 *
 * @returns the ids of the new discounts
 * @throws StripeError for a code that does not exist or cannot be used
 */
export function redeemForCheckout(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer | undefined,
  form: CheckoutForm,
  cart: CartItem[],
): string[] {
  const choices = form.promotionCode
    ? [{ promotion_code: findCode(ctx, session, form.promotionCode).id }]
    : (session.discounts ?? []).map(({ coupon, promotion_code }) => ({
        coupon: promotion_code ? undefined : (coupon ?? undefined),
        promotion_code: promotion_code ?? undefined,
      }));
  return redeemDiscounts(ctx, choices, ownerOf(ctx, session, customer, cart));
}

function sessionCoupons(ctx: Context, session: CheckoutSession) {
  return (session.discounts ?? []).flatMap(({ coupon, promotion_code }) => {
    const code = promotion_code ? ctx.find('promotion_code', promotion_code) : undefined;
    const found = ctx.find('coupon', coupon ?? code?.promotion.coupon ?? '');
    return found ? [{ discount: 'di_preview', coupon: found }] : [];
  });
}

function promotionCoupon(ctx: Context, session: CheckoutSession, typed: string, cart: CartItem[]) {
  const code = findCode(ctx, session, typed);
  const customer = customerOf(ctx, session);
  return checkPromotionCode(ctx, code, ownerOf(ctx, session, customer, cart), 'promotion_code');
}

function findCode(ctx: Context, session: CheckoutSession, typed: string) {
  if (!session.allow_promotion_codes) {
    throw invalidRequest('This session takes no promotion codes.', 'promotion_code');
  }
  for (const code of ctx.by('promotion_code', 'code', typed.trim().toLowerCase())) {
    if (code.active) return code;
  }
  throw invalidRequest('This code is invalid.', 'promotion_code', 'resource_missing');
}

function customerOf(ctx: Context, session: CheckoutSession): Customer | undefined {
  return session.customer ? ctx.get('customer', session.customer) : undefined;
}

function ownerOf(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer | undefined,
  cart: CartItem[],
): DiscountOwner {
  const currency = session.currency ?? 'usd';
  return {
    customer,
    checkout_session: session.id,
    isFirstPurchase: customer ? isNew(ctx, customer) : true,
    amount: quoteCart(ctx, cart, {
      coupons: [],
      currency,
      isTrial: false,
      basis: taxBasis(ctx, session, customer, undefined),
    }).amount_subtotal,
    currency,
  };
}
