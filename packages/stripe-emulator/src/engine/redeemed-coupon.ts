import type { Coupon } from './objects';

/** The terms a discount was given on; they hold even when the coupon is deleted later. */
export interface RedeemedCoupon {
  /** The discount's id. */
  id: string;
  coupon: Coupon;
}
