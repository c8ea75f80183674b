import type { BillingAccount } from './account';
import { refusedParam, unlessDone } from './errors';
import { stripe } from './stripe';

/**
 * Stops charging somebody for good: closes the Checkout pages that are open, then cancels every
 * subscription at once. The customer and its invoices stay at Stripe, where the books need them.
 * Doing it again changes nothing.
 *
 * @returns Stripe's id of the newest invoice before any of this; null when there is none
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: then call it again before
 *   forgetting the person
 */
export async function endBilling({ customer }: BillingAccount): Promise<string | null> {
  if (!customer || (await isGone(customer))) return null;
  const newest = await stripe().invoices.list({ customer, limit: 1 });
  await closeCheckoutPages(customer);
  for await (const { id } of stripe().subscriptions.list({ customer, limit: 100 })) {
    await unlessDone(stripe().subscriptions.cancel(id));
  }
  return newest.data[0]?.id ?? null;
}

/** Closes the Checkout pages that are open, so that they cannot be paid. */
export async function closeCheckoutPages(customer: string): Promise<void> {
  for await (const { id } of stripe().checkout.sessions.list({ customer, status: 'open' })) {
    await unlessDone(stripe().checkout.sessions.expire(id));
  }
}

async function isGone(customer: string): Promise<boolean> {
  try {
    return (await stripe().customers.retrieve(customer)).deleted === true;
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    return true;
  }
}
