import type { CreditNote, CreditNoteLine } from './objects';
import { mergeTaxes, taxSum } from './tax-math';

type CreditNoteAmounts = Pick<
  CreditNote,
  | 'amount'
  | 'discount_amount'
  | 'discount_amounts'
  | 'pretax_credit_amounts'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_excluding_tax'
  | 'total_taxes'
> & { lines: Omit<CreditNote['lines'], 'url'> };

/** The amounts that follow from a note's lines. */
export function amountsOf(lines: CreditNoteLine[]): CreditNoteAmounts {
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const subtotal = sum(lines.map((line) => line.amount));
  const discount = sum(lines.map((line) => line.discount_amount));
  const net = subtotal - sum(lines.flatMap((line) => line.pretax_credit_amounts.map(amountOf)));
  const total = net + taxSum(taxes, 'exclusive');
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
    subtotal_excluding_tax: subtotal - taxSum(taxes, 'inclusive'),
    total,
    total_excluding_tax: net - taxSum(taxes, 'inclusive'),
    total_taxes: mergeTaxes(taxes),
  };
}

/** What belongs together added up, in the order of its first appearance. */
function merged<T extends { amount: number }>(
  parts: readonly T[],
  keyOf: (part: T) => string,
): T[] {
  const wholes = new Map<string, T>();
  for (const part of parts) {
    const amount = (wholes.get(keyOf(part))?.amount ?? 0) + part.amount;
    wholes.set(keyOf(part), { ...part, amount });
  }
  return [...wholes.values()];
}

function amountOf({ amount }: { readonly amount: number }): number {
  return amount;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
