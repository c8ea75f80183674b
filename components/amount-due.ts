import type { InvoiceView } from '@/lib/billing/overview';

/**
 * What is unpaid on open invoices, in the currency's smallest unit.
 *
 * @param currency only invoices in this currency count
 */
export function amountDue(
  invoices: readonly Pick<InvoiceView, 'status' | 'total' | 'amountPaid' | 'currency'>[],
  currency: string,
): number {
  return invoices
    .filter((invoice) => invoice.status === 'open' && invoice.currency === currency)
    .reduce((sum, { total, amountPaid }) => sum + Math.max(total - amountPaid, 0), 0);
}
