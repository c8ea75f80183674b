import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { TaxRate } from './objects';
import type { TaxTerm } from './tax-math';

/**
 * The tax rates that a request names, as other objects show them.
 *
 * @param path the parameter's full name, such as `items[0][tax_rates]`
 * @throws StripeError for one that does not exist, or is archived
 */
export function taxRatesOf(
  ctx: Context,
  ids: readonly string[] | null | undefined,
  path: string,
): TaxRate[] {
  return (ids ?? []).map((id, index) => {
    const rate = ctx.get('tax_rate', id, `${path}[${index}]`);
    if (rate.active) return rate;
    throw invalidRequest(
      `The tax rate ${id} cannot be used because it is archived (inactive).`,
      `${path}[${index}]`,
    );
  });
}

/**
 * Tax is either calculated or put on by hand.
 *
 * @param given the rates a request names, by the parameter that names them
 * @throws StripeError when both are asked for
 */
export function refuseBothTaxes(
  isAutomatic: boolean | undefined,
  given: Record<string, readonly unknown[] | null | undefined>,
): void {
  const param = Object.keys(given).find((name) => (given[name] ?? []).length > 0);
  if (!isAutomatic || param === undefined) return;
  throw invalidRequest(
    `You cannot set \`${param}\` when \`automatic_tax[enabled]\` is true: tax is either calculated automatically or by tax rates.`,
    param,
  );
}

/** What a customer is exempted from. */
export type TaxExempt = 'exempt' | 'none' | 'reverse' | null | undefined;

/** Taxes by rates that were chosen by hand, for a customer who may be exempt from them. */
export function termsOf(rates: readonly TaxRate[], exempt: TaxExempt): TaxTerm[] {
  return rates.map(({ id, inclusive, percentage }) => ({
    rate: id,
    percentage,
    inclusive,
    ...taxability(exempt, 'not_available'),
  }));
}

/** Whether, and why, somebody pays a tax. */
export function taxability(
  exempt: TaxExempt,
  reason: TaxTerm['reason'],
): Pick<TaxTerm, 'isTaxed' | 'reason'> {
  if (exempt === 'exempt') return { isTaxed: false, reason: 'customer_exempt' };
  if (exempt === 'reverse') return { isTaxed: false, reason: 'reverse_charge' };
  return { isTaxed: true, reason };
}
