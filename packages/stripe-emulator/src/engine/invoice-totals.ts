import { type AppliedCoupon, type DiscountAmount, discountLines } from './discount';
import type { Invoice, InvoiceLine as Line } from './objects';
import { mergeTaxes, type TaxTerm, taxesOn, taxSum } from './tax-math';

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
  | 'total_taxes'
>;

/**
 * Works out an invoice's amounts: each line's own discounts first, then the invoice's, then the credits
 * that pay for it, then taxes, then
 * the customer's balance (negative is credit). An invoice never asks for less than nothing.
 *
 * @param couponOf the coupon behind a discount id that still applies, or `undefined`
 * @param termsOf what taxes a line
 */
export function totalsOf(
  invoice: Invoice,
  lines: Line[],
  couponOf: (discount: string) => AppliedCoupon | undefined,
  termsOf: (line: Line) => TaxTerm[],
): Totals {
  const taxed = withDiscounts(invoice, lines, couponOf).map((line) => ({
    ...line,
    taxes: taxesOn(netOf(line), termsOf(line)),
  }));
  const subtotal = sum(lines.map((line) => line.amount));
  const contained = taxed.map((line) => taxSum(taxesOn(line.amount, termsOf(line)), 'inclusive'));
  const taxes = taxed.flatMap((line) => line.taxes);
  const discounts = mergeByDiscount(taxed.flatMap((line) => line.discount_amounts ?? []));
  const credits = taxed.flatMap((line) => (line.pretax_credit_amounts ?? []).filter(isCredit));
  const net = subtotal - sum([...discounts, ...credits].map(({ amount }) => amount));
  const total = net + taxSum(taxes, 'exclusive');
  const due = Math.max(total + invoice.starting_balance, 0);
  return {
    amount_due: due,
    amount_remaining: due - invoice.amount_paid,
    lines: { ...invoice.lines, data: taxed },
    subtotal,
    subtotal_excluding_tax: subtotal - sum(contained),
    total,
    total_discount_amounts: discounts,
    total_excluding_tax: net - taxSum(taxes, 'inclusive'),
    total_pretax_credit_amounts: [...discounts.map(asPretaxCredit), ...credits],
    total_taxes: mergeTaxes(taxes),
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
      pretax_credit_amounts: [
        ...amounts.map(asPretaxCredit),
        ...(line.pretax_credit_amounts ?? []).filter(isCredit),
      ],
    };
  });
}

function netOf(line: Line): number {
  return line.amount - sum((line.pretax_credit_amounts ?? []).map(({ amount }) => amount));
}

/** What a credit grant pays; what a discount takes off is worked out again each time. */
function isCredit({ type }: { readonly type: string }): boolean {
  return type === 'credit_balance_transaction';
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
