import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { newId } from '../core/ids';
import { type AppliedCoupon, discountEnd } from './discount';
import type { Coupon, Customer, Discount, PromotionCode } from './objects';

/** How a request names a discount: exactly one of the three. */
export interface DiscountChoice {
  coupon?: string;
  discount?: string;
  promotion_code?: string;
}

/** What a new discount hangs on. */
export interface DiscountOwner {
  /** Undefined for somebody who pays once, without becoming a customer. */
  customer: Pick<Customer, 'id' | 'customer_account'> | undefined;
  subscription?: string;
  subscription_item?: string;
  invoice?: string;
  checkout_session?: string;
  /** Whether the customer has paid before; some promotion codes are for first payments only. */
  isFirstPurchase: boolean;
  /** The amount that a minimum of the promotion code is compared with, if known. */
  amount?: number;
  currency: string;
}

/**
 * Turns the discounts of a request into discount ids: existing ones are kept, coupons and promotion
 * codes become new discounts and count as redeemed.
 *
 * @throws StripeError when a coupon or code does not exist, is used up, expired, or not for this customer
 */
export function redeemDiscounts(
  ctx: Context,
  choices: DiscountChoice[],
  owner: DiscountOwner,
  param = 'discounts',
): string[] {
  return choices.map((choice, index) => {
    const path = `${param}[${index}]`;
    if (choice.discount) return ctx.get('discount', choice.discount, `${path}[discount]`).id;
    if (choice.promotion_code) {
      const code = ctx.get('promotion_code', choice.promotion_code, `${path}[promotion_code]`);
      return redeemPromotionCode(ctx, code, owner, `${path}[promotion_code]`);
    }
    const coupon = ctx.get('coupon', choice.coupon ?? '', `${path}[coupon]`);
    return redeemCoupon(ctx, coupon, owner, `${path}[coupon]`, null).id;
  });
}

/** The coupon of a discount as long as it applies; a repeating one ends with its months. */
export function appliedCoupon(ctx: Context, id: string): AppliedCoupon | undefined {
  const discount = ctx.find('discount', id);
  if (!discount || (discount.end !== null && discount.end <= ctx.now)) return undefined;
  const redeemed = ctx.find('_redeemed', id);
  return redeemed && { discount: id, coupon: redeemed.coupon };
}

/** Whether a promotion code can be used by a customer for an amount; throws Stripe's refusal if not. */
export function checkPromotionCode(
  ctx: Context,
  code: PromotionCode,
  owner: DiscountOwner,
  param: string,
): Coupon {
  const coupon = code.promotion.coupon ? ctx.find('coupon', code.promotion.coupon) : undefined;
  if (!coupon) throw missing('coupon', code.promotion.coupon ?? '', param);
  if (!code.active || (code.expires_at !== null && code.expires_at <= ctx.now)) {
    throw invalidRequest('This promotion code is expired.', param, 'promotion_code_expired');
  }
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) {
    throw invalidRequest('This promotion code has been fully redeemed.', param);
  }
  if (code.customer !== null && code.customer !== owner.customer?.id) {
    throw invalidRequest('This promotion code cannot be redeemed by this customer.', param);
  }
  const { restrictions } = code;
  if (restrictions.first_time_transaction && !owner.isFirstPurchase) {
    throw invalidRequest(
      'This promotion code cannot be redeemed because the associated customer has prior transactions.',
      param,
      'promotion_code_customer_not_first_time',
    );
  }
  if (isBelowMinimum(code, owner)) {
    throw invalidRequest(
      'This promotion code cannot be redeemed because the minimum amount has not been met.',
      param,
      'promotion_code_minimum_amount_not_met',
    );
  }
  checkCoupon(ctx, coupon, owner, param);
  return coupon;
}

function redeemPromotionCode(
  ctx: Context,
  code: PromotionCode,
  owner: DiscountOwner,
  param: string,
): string {
  const coupon = checkPromotionCode(ctx, code, owner, param);
  const redeemed = code.times_redeemed + 1;
  const isUsedUp = code.max_redemptions !== null && redeemed >= code.max_redemptions;
  ctx.update('promotion_code', code.id, {
    times_redeemed: redeemed,
    active: code.active && !isUsedUp,
  });
  return redeemCoupon(ctx, coupon, owner, param, code.id).id;
}

function redeemCoupon(
  ctx: Context,
  coupon: Coupon,
  owner: DiscountOwner,
  param: string,
  promotionCode: string | null,
): Discount {
  checkCoupon(ctx, coupon, owner, param);
  const redeemed = coupon.times_redeemed + 1;
  const isUsedUp = coupon.max_redemptions !== null && redeemed >= coupon.max_redemptions;
  ctx.update('coupon', coupon.id, { times_redeemed: redeemed, valid: coupon.valid && !isUsedUp });
  const discount: Discount = {
    id: newId('di'),
    object: 'discount',
    checkout_session: owner.checkout_session ?? null,
    customer: owner.customer?.id ?? null,
    customer_account: owner.customer?.customer_account ?? null,
    end: discountEnd(coupon, ctx.now),
    invoice: owner.invoice ?? null,
    invoice_item: null,
    promotion_code: promotionCode,
    source: { coupon: coupon.id, type: 'coupon' },
    start: ctx.now,
    subscription: owner.subscription ?? null,
    subscription_item: owner.subscription_item ?? null,
  };
  ctx.world._redeemed.put({ id: discount.id, coupon });
  return ctx.insert('discount', discount, 'customer.discount.created');
}

function checkCoupon(ctx: Context, coupon: Coupon, owner: DiscountOwner, param: string): void {
  const isPastDate = coupon.redeem_by !== null && coupon.redeem_by <= ctx.now;
  if (!coupon.valid || isPastDate) {
    throw invalidRequest(`Coupon expired: ${coupon.id}`, param, 'coupon_expired');
  }
  const currencies = [coupon.currency, ...Object.keys(coupon.currency_options ?? {})];
  if (coupon.amount_off !== null && !currencies.includes(owner.currency)) {
    throw invalidRequest(
      `The coupon '${coupon.id}' cannot be applied because its currency does not match \`${owner.currency}\`.`,
      param,
    );
  }
}

function isBelowMinimum(code: PromotionCode, owner: DiscountOwner): boolean {
  const { minimum_amount, minimum_amount_currency } = code.restrictions;
  if (minimum_amount === null || owner.amount === undefined) return false;
  return minimum_amount_currency !== owner.currency || owner.amount < minimum_amount;
}
