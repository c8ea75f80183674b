import type { CreditNoteLine } from './objects';

/** The amounts that follow from a note's lines. */
export function amountsOf(lines: CreditNoteLine[]) {
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const taxOf = (behavior: string) =>
    sum(taxes.filter((tax) => tax.tax_behavior === behavior).map(({ amount }) => amount));
  const subtotal = sum(lines.map((line) => line.amount));
  const discount = sum(lines.map((line) => line.discount_amount));
  const total = subtotal - discount + taxOf('exclusive');
  return {
    amount: total,
    discount_amount: discount,
    discount_amounts: merged(
      lines.flatMap((line) => line.discount_amounts),
      (one) => one.discount,
    ),
    lines: { object: 'list' as const, data: lines, has_more: false },
    pretax_credit_amounts: merged(
      lines.flatMap((line) => line.pretax_credit_amounts),
      (one) => one.discount ?? one.credit_balance_transaction ?? '',
    ),
    subtotal,
    subtotal_excluding_tax: subtotal - taxOf('inclusive'),
    total,
    total_excluding_tax: total - taxOf('exclusive') - taxOf('inclusive'),
    total_taxes: merged(taxes, (tax) => `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior}`),
  };
}

/** What belongs together added up, in the order of its first appearance. */
function merged<T extends { amount: number; taxable_amount?: number | null }>(
  parts: readonly T[],
  keyOf: (part: T) => string,
): T[] {
  const wholes = new Map<string, T>();
  for (const part of parts) {
    const key = keyOf(part);
    const known = wholes.get(key);
    const taxable = (known?.taxable_amount ?? 0) + (part.taxable_amount ?? 0);
    wholes.set(key, {
      ...part,
      amount: (known?.amount ?? 0) + part.amount,
      ...('taxable_amount' in part && { taxable_amount: taxable }),
    });
  }
  return [...wholes.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
