import { newId } from '../core/ids';
import type { Invoice } from './objects';

/** What turns automatic tax off when an invoice is finalized is, before that, still to be filled in. */
function shownTax({ automatic_tax: tax }: Invoice): Invoice['automatic_tax'] {
  if (tax.disabled_reason !== 'finalization_requires_location_inputs') return tax;
  return {
    disabled_reason: null,
    enabled: true,
    liability: { type: 'self' },
    provider: 'stripe',
    status: 'requires_location_inputs',
  };
}

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
    automatic_tax: shownTax(invoice),
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
