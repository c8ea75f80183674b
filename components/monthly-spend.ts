import type { InvoiceView } from '@/lib/billing/overview';

/**
 * What was paid in each month from the first paid invoice to the last, newest first, at most twelve
 * months. Months without a payment are included, so that a gap is visible.
 *
 * @param currency only invoices in this currency count
 * @returns `month` as `2026-11`, in UTC; `paid` in the currency's smallest unit
 */
export function monthlySpend(
  invoices: readonly Pick<InvoiceView, 'amountPaid' | 'currency' | 'createdAt'>[],
  currency: string,
): { month: string; paid: number }[] {
  const sums = new Map<string, number>();
  for (const invoice of invoices) {
    if (invoice.currency !== currency || invoice.amountPaid === 0) continue;
    const month = monthOf(invoice.createdAt);
    sums.set(month, (sums.get(month) ?? 0) + invoice.amountPaid);
  }
  const first = [...sums.keys()].toSorted()[0];
  const last = [...sums.keys()].toSorted().at(-1);
  if (!first || !last) return [];
  const months = [];
  for (let month = last; month >= first && months.length < 12; month = monthBefore(month)) {
    months.push({ month, paid: sums.get(month) ?? 0 });
  }
  return months;
}

function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

function monthBefore(month: string): string {
  const date = new Date(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return monthOf(date);
}
