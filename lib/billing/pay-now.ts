import type Stripe from 'stripe';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import type { BillingAccount } from './account';
import { BillingError } from './errors';
import { syncCustomer } from './mirror/sync';
import { idOf, stripe } from './stripe';

/**
 * Where a person pays what is open for their plan, or approves the payment if their bank asks for it:
 * Stripe's own page for the oldest invoice. Stripe is asked, because these addresses expire and somebody
 * may have paid meanwhile.
 *
 * @returns null when nothing is open any more, after our database was told
 * @throws BillingError `no-customer` for someone who never subscribed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function urlToPay(account: BillingAccount): Promise<AbsoluteUrl | null> {
  const { id, customer, subscription } = account;
  if (!customer || !subscription) throw new BillingError('no-customer', `user ${id} owes nothing`);
  const { data } = await stripe().invoices.list({
    customer,
    subscription: subscription.id,
    status: 'open',
    limit: 100,
  });
  const oldest = data.at(-1);
  if (!oldest) {
    await syncCustomer(customer);
    return null;
  }
  return invoicePage(oldest);
}

/** Stripe's page where an invoice is paid. @throws BillingError `unavailable` without one */
export function invoicePage(invoice: Stripe.Invoice | string | null): AbsoluteUrl {
  const url = typeof invoice === 'object' ? invoice?.hosted_invoice_url : null;
  if (url && isAbsoluteUrl(url)) return url;
  throw new BillingError('unavailable', `${invoice && idOf(invoice)} has no page to pay it on`);
}
