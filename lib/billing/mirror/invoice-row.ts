import type Stripe from 'stripe';
import { idOf } from '../stripe';
import type { Owner } from './owner';
import type { InvoiceRow } from './rows';
import { unixDate } from './unix-date';

/** Our row for one of Stripe's invoices. */
export function invoiceRow(owner: Owner, invoice: Stripe.Invoice): InvoiceRow {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return {
    id: invoice.id,
    customerId: owner.customerId,
    userId: owner.userId,
    subscriptionId: subscription ? idOf(subscription) : null,
    number: invoice.number,
    status: invoice.status ?? 'draft',
    currency: invoice.currency,
    total: invoice.total,
    amountPaid: invoice.amount_paid,
    amountDue: invoice.amount_due,
    billingReason: invoice.billing_reason,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    createdAt: unixDate(invoice.created),
    dueAt: unixDate(invoice.due_date),
    paidAt: unixDate(invoice.status_transitions.paid_at),
    nextAttemptAt: unixDate(invoice.next_payment_attempt),
    attemptCount: invoice.attempt_count,
  };
}
