import { newId } from '../core/ids';
import type { Invoice } from './objects';

/** An invoice as it is shown before it exists. */
export function asPreview(invoice: Invoice): Invoice {
  const id = newId('upcoming_in');
  return {
    ...invoice,
    id,
    amount_paid: 0,
    amount_remaining: invoice.amount_due,
    attempted: false,
    auto_advance: undefined,
    automatically_finalizes_at: null,
    billing_reason: 'upcoming',
    effective_at: null,
    ending_balance: Math.min(invoice.starting_balance + invoice.total, 0),
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: {
      ...invoice.lines,
      data: invoice.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/upcoming/lines`,
    },
    next_payment_attempt: invoice.created + 3600,
    number: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}
