import { type AppliedCoupon, type DiscountAmount, discountLines } from './discount';
import type { Invoice, InvoiceLine as Line } from './objects';

/** The fields of an invoice that follow from its lines. */
export type Totals = Pick<
  Invoice,
  | 'amount_due'
  | 'amount_remaining'
  | 'lines'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_discount_amounts'
  | 'total_excluding_tax'
  | 'total_pretax_credit_amounts'
>;

/**
 * Works out an invoice's amounts: each line's own discounts first, then the invoice's, then the
 * customer's balance (negative is credit). An invoice never asks for less than nothing.
 *
 * @param couponOf the coupon behind a discount id that still applies, or `undefined`
 */
export function totalsOf(
  invoice: Invoice,
  lines: Line[],
  couponOf: (discount: string) => AppliedCoupon | undefined,
): Totals {
  const discounted = withDiscounts(invoice, lines, couponOf);
  const subtotal = sum(lines.map((line) => line.amount));
  const discounts = mergeByDiscount(discounted.flatMap((line) => line.discount_amounts ?? []));
  const total = subtotal - sum(discounts.map((discount) => discount.amount));
  const due = Math.max(total + invoice.starting_balance, 0);
  return {
    amount_due: due,
    amount_remaining: due - invoice.amount_paid,
    lines: { ...invoice.lines, data: discounted },
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: discounts,
    total_excluding_tax: total,
    total_pretax_credit_amounts: discounts.map(asPretaxCredit),
  };
}

/** The customer's balance after an invoice took from it or gave to it. */
export function endingBalance(invoice: Invoice): number {
  return Math.min(invoice.starting_balance + invoice.total, 0);
}

function withDiscounts(
  invoice: Invoice,
  lines: Line[],
  couponOf: (discount: string) => AppliedCoupon | undefined,
): Line[] {
  const own = lines.map((line) => discountsOnLine(line, couponOf));
  const left = lines.map((line, index) => ({
    amount: line.amount - sum((own[index] ?? []).map((discount) => discount.amount)),
    discountable: line.discountable,
    product: line.pricing?.price_details?.product ?? null,
  }));
  const shared = discountLines(left, present(invoice.discounts.map(couponOf)), invoice.currency);
  return lines.map((line, index) => {
    const amounts = [...(own[index] ?? []), ...(shared[index] ?? [])];
    return {
      ...line,
      invoice: invoice.id,
      discount_amounts: amounts,
      pretax_credit_amounts: amounts.map(asPretaxCredit),
    };
  });
}

function discountsOnLine(
  line: Line,
  couponOf: (discount: string) => AppliedCoupon | undefined,
): DiscountAmount[] {
  const product = line.pricing?.price_details?.product ?? null;
  const coupons = present(line.discounts.map(couponOf));
  const alone = { amount: line.amount, discountable: line.discountable, product };
  return discountLines([alone], coupons, line.currency)[0] ?? [];
}

function mergeByDiscount(amounts: DiscountAmount[]): DiscountAmount[] {
  const totals = new Map<string, number>();
  for (const { amount, discount } of amounts) {
    totals.set(discount, (totals.get(discount) ?? 0) + amount);
  }
  return [...totals].map(([discount, amount]) => ({ amount, discount }));
}

function asPretaxCredit({ amount, discount }: DiscountAmount) {
  return { amount, discount, type: 'discount' as const };
}

function present<T>(values: (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
