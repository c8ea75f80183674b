import { db } from '../../db';
import { log } from '../../log';
import { isLivemode, stripe } from '../stripe';
import { refundInvoice } from './refund-invoice';

/**
 * Undoes what was bought for an account that had been deleted: a Checkout page that was already being
 * paid when the account went. Cancels its subscriptions, refunds what was paid since, and reports it.
 * Does nothing for customers of other people: another installation may share the Stripe account.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: trying again continues
 */
export async function refundDeletedCustomer(customer: string): Promise<void> {
  const deleted = await db().deletedCustomer.findFirst({
    where: { id: customer, livemode: isLivemode() },
  });
  if (!deleted) return;
  for await (const { id, status } of stripe().subscriptions.list({ customer })) {
    if (status === 'canceled' || status === 'incomplete_expired') continue;
    await stripe().subscriptions.cancel(id);
    log.error('subscription of a deleted account canceled', null, { customer, subscription: id });
  }
  const { lastInvoiceId } = deleted;
  const invoices = stripe().invoices.list({
    customer,
    expand: ['data.payments'],
    // Stripe lists the newest first: these are all that were created after it.
    ...(lastInvoiceId && { ending_before: lastInvoiceId }),
  });
  for await (const invoice of invoices) {
    if (!(await refundInvoice(invoice))) continue;
    log.error('payment for a deleted account refunded', null, { customer, invoice: invoice.id });
  }
}
