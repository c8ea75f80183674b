import type Stripe from 'stripe';
import { idOf } from '../stripe';
import type { Owner } from './owner';
import type { Payments } from './payments';
import type { InvoiceRow } from './rows';
import { unixDate } from './unix-date';

/**
 * Our row for one of Stripe's invoices.
 *
 * @param invoice with its `payments` expanded
 * @param payments the customer's, read after the invoice
 */
export function invoiceRow(owner: Owner, invoice: Stripe.Invoice, payments: Payments): InvoiceRow {
  const subscription = invoice.parent?.subscription_details?.subscription;
  const own = (invoice.payments?.data ?? []).flatMap(({ payment: { payment_intent: intent } }) => {
    const found = intent && payments.get(idOf(intent));
    return found ? [found] : [];
  });
  return {
    id: invoice.id,
    customerId: owner.customerId,
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
    amountRefunded: own.reduce((sum, { amountRefunded }) => sum + amountRefunded, 0),
    disputeStatus: own.find(({ disputeStatus }) => disputeStatus)?.disputeStatus ?? null,
    failure:
      invoice.status === 'open' ? (own.find(({ failure }) => failure)?.failure ?? null) : null,
  };
}
