import { share } from './money';
import type { InvoiceLine } from './objects';

export type Tax = NonNullable<InvoiceLine['taxes']>[number];

/** One tax on an amount. */
export interface TaxTerm {
  /** The id of the tax rate; null where none is collected. */
  rate: string | null;
  /** Per cent, with at most four decimals. */
  percentage: number;
  /** Whether the amount contains the tax already. */
  inclusive: boolean;
  reason: Tax['taxability_reason'];
  /** Nothing is taxed for somebody who is exempt, or where none is collected. */
  isTaxed: boolean;
}

/** 100 %, in the unit of a rate's four decimals. */
const WHOLE = 1_000_000;

/**
 * The taxes on an amount after discounts, in the smallest unit. Inclusive ones are taken out of it
 * together; exclusive ones are put on what is left then. Each is rounded by itself, halves away from
 * zero; an amount given back gives back its tax.
 */
export function taxesOn(amount: number, terms: readonly TaxTerm[]): Tax[] {
  const contained = terms.filter(({ inclusive, isTaxed }) => inclusive && isTaxed);
  const divisor = contained.reduce((sum, { percentage }) => sum + scaled(percentage), WHOLE);
  const inclusiveTax = ({ percentage }: TaxTerm) => share(amount, scaled(percentage), divisor);
  const base = amount - contained.reduce((sum, term) => sum + inclusiveTax(term), 0);
  return terms.map((term) => ({
    amount: !term.isTaxed
      ? 0
      : term.inclusive
        ? inclusiveTax(term)
        : share(base, scaled(term.percentage), WHOLE),
    tax_behavior: term.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: term.rate === null ? null : { tax_rate: term.rate },
    taxability_reason: term.reason,
    taxable_amount: term.isTaxed ? base : 0,
    type: 'tax_rate_details',
  }));
}

/** The taxes of several lines, added up by rate, in the order of their first appearance. */
export function mergeTaxes(taxes: readonly Tax[]): Tax[] {
  const wholes = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior} ${tax.taxability_reason}`;
    const known = wholes.get(key);
    wholes.set(key, {
      ...tax,
      amount: (known?.amount ?? 0) + tax.amount,
      taxable_amount: (known?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
    });
  }
  return [...wholes.values()];
}

/** What some taxes come to, of one behavior. */
export function taxSum(taxes: readonly Tax[], behavior: 'exclusive' | 'inclusive'): number {
  return taxes
    .filter((tax) => tax.tax_behavior === behavior)
    .reduce((sum, { amount }) => sum + amount, 0);
}

function scaled(percentage: number): number {
  return Math.round(percentage * 10_000);
}
