import { INVOICE_STATUS } from '../shared/invoice-status';
import { documentPdf } from './document-pdf';
import type { InvoiceView } from './invoice-view';

/** The invoice as a PDF. */
export function invoicePdf(view: InvoiceView): Buffer {
  const { formats, invoice } = view;
  const isVoid = invoice.status === 'void';
  return documentPdf({
    ...view,
    kind: 'Invoice',
    number: invoice.number ?? invoice.id,
    facts: [
      ['Invoice number', invoice.number ?? ''],
      ['Date of issue', formats.date(invoice.status_transitions.finalized_at ?? invoice.created)],
      ...(isVoid ? [] : [['Date due', formats.date(invoice.due_date ?? invoice.created)] as const]),
      ['Status', INVOICE_STATUS[invoice.status ?? 'draft']?.text ?? ''],
    ],
    headline: amountLine(view),
  });
}

function amountLine({ formats, invoice }: InvoiceView): string {
  const money = (amount: number) => formats.money(amount, invoice.currency);
  const paidAt = invoice.status_transitions.paid_at;
  if (invoice.status === 'paid') {
    return `${money(invoice.total)} paid on ${formats.date(paidAt ?? invoice.created)}`;
  }
  if (invoice.status === 'open') {
    return `${money(invoice.amount_remaining)} due ${formats.date(invoice.due_date ?? invoice.created)}`;
  }
  return money(invoice.total);
}
