import type Stripe from 'stripe';
import type { Wire } from './wire';

/** The terms a discount was given on; they hold even when the coupon is deleted later. */
export interface RedeemedCoupon {
  /** The discount's id. */
  id: string;
  coupon: Wire<Stripe.Coupon>;
}
