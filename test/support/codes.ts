import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { stripe } from '../../lib/billing/stripe';

type Terms = Omit<Stripe.PromotionCodeCreateParams, 'promotion'> & {
  coupon?: Partial<Stripe.CouponCreateParams>;
};

/** Makes a promotion code at Stripe, for 20 % off the first payment unless the terms say otherwise. */
export async function makeCode({ coupon, ...terms }: Terms = {}): Promise<string> {
  const { id } = await stripe().coupons.create({
    duration: 'once',
    ...(coupon?.amount_off === undefined && { percent_off: 20 }),
    ...coupon,
  });
  const code = `C-${randomUUID()}`.toUpperCase();
  await stripe().promotionCodes.create({
    code,
    promotion: { type: 'coupon', coupon: id },
    ...terms,
  });
  return code;
}
