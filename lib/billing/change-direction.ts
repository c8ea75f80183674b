/** What is paid for: the amount is for each seat, in the currency's smallest unit. */
export type Terms = {
  plan: string | null;
  unitAmount: number | bigint | null;
  quantity: number;
  interval: string;
  intervalCount: number;
};

/**
 * What a change is: the definition that everything else follows.
 *
 * - Within a plan: a downgrade with fewer seats or when it is paid more often, else an upgrade. Paying
 *   by the year costs less each month, but is paid in advance.
 * - To another plan, or another price of the same: an upgrade unless all seats together cost less each
 *   month. Nothing is compared across currencies: a subscription never changes its own.
 */
export function directionOf(from: Terms, to: Terms): 'upgrade' | 'downgrade' | 'none' {
  if (from.plan === to.plan) {
    const [months, seats] = [monthsOf(to) - monthsOf(from), to.quantity - from.quantity];
    if (months < 0 || seats < 0) return 'downgrade';
    if (months > 0 || seats > 0) return 'upgrade';
  }
  const difference = perMonth(to) - perMonth(from);
  if (difference === 0 && from.plan === to.plan) return 'none';
  return difference < 0 ? 'downgrade' : 'upgrade';
}

function perMonth(terms: Terms): number {
  return (Number(terms.unitAmount ?? 0) * terms.quantity) / monthsOf(terms);
}

function monthsOf({ interval, intervalCount }: Terms): number {
  return (MONTHS[interval] ?? 1) * intervalCount;
}

const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
};
