import { addIntervals } from '../core/calendar';
import { allocate, percentOf } from './money';

/** What the engine reads of a coupon. */
export interface CouponTerms {
  amount_off: number | null;
  percent_off: number | null;
  currency: string | null;
  currency_options?: Record<string, { amount_off: number }>;
  duration: string;
  duration_in_months: number | null;
  applies_to?: { products: string[] };
}

/** A coupon in use, under the id of its discount. */
export interface AppliedCoupon {
  discount: string;
  coupon: CouponTerms;
}

/** What a line offers to discounts. */
export interface DiscountableLine {
  amount: number;
  discountable: boolean;
  product: string | null;
}

/** What one discount takes off one line, in the smallest unit, never negative. */
export interface DiscountAmount {
  amount: number;
  discount: string;
}

/**
 * When a discount that starts now ends: `null` for `once` (it leaves with its first invoice) and
 * `forever`, the coupon's number of calendar months later for `repeating`.
 */
export function discountEnd(coupon: CouponTerms, start: number): number | null {
  if (coupon.duration !== 'repeating') return null;
  return addIntervals(start, 'month', coupon.duration_in_months ?? 0);
}

/**
 * Takes coupons off lines, one after the other, each from what the ones before it left.
 *
 * @returns for every line what each discount takes off it; a line that nothing applies to gets none
 */
export function discountLines(
  lines: DiscountableLine[],
  coupons: AppliedCoupon[],
  currency: string,
): DiscountAmount[][] {
  const taken = lines.map((): DiscountAmount[] => []);
  const left = lines.map((line) => (line.discountable ? Math.max(line.amount, 0) : 0));
  for (const { discount, coupon } of coupons) {
    const weights = left.map((rest, index) => (appliesTo(coupon, lines[index]) ? rest : 0));
    const base = weights.reduce((a, b) => a + b, 0);
    const total = Math.min(base, amountOff(coupon, base, currency));
    allocate(total, weights).forEach((amount, index) => {
      if (!weights[index]) return;
      left[index] = (left[index] ?? 0) - amount;
      taken[index]?.push({ amount, discount });
    });
  }
  return taken;
}

function appliesTo(coupon: CouponTerms, line: DiscountableLine | undefined): boolean {
  if (!coupon.applies_to) return true;
  return line?.product != null && coupon.applies_to.products.includes(line.product);
}

function amountOff(coupon: CouponTerms, base: number, currency: string): number {
  if (coupon.percent_off !== null) return percentOf(base, coupon.percent_off);
  if (coupon.currency === currency) return coupon.amount_off ?? 0;
  return coupon.currency_options?.[currency]?.amount_off ?? 0;
}
