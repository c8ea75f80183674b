import type { BillingAccount } from './account';
import { BillingError, unlessDone } from './errors';
import { syncCustomer } from './mirror/sync';
import type { Notice } from './notices';
import { stripe } from './stripe';
import { mostImportant } from './subscription-status';

/**
 * Resumes a paused plan: a new billing period begins at once, and is charged. Where only the
 * collection of payments is paused, it goes on with the next payment. Doing it again changes nothing.
 *
 * @returns what to tell them; null when the payment that is due did not succeed, which the page explains
 * @throws BillingError `nothing-paused` without a paused plan, `no-card` when nothing could be charged
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function resumeSubscription({
  customer,
  subscription,
}: BillingAccount): Promise<Notice | null> {
  if (!customer || !subscription) throw new BillingError('nothing-paused', 'no subscription');
  // Not by our own copy: it may have been resumed elsewhere just now.
  const current = await stripe().subscriptions.retrieve(subscription.id, {
    expand: ['customer'],
  });
  if (current.pause_collection) {
    await stripe().subscriptions.update(current.id, { pause_collection: '' });
  }
  if (current.status === 'paused') {
    const { customer: owner } = current;
    const isCustomer = typeof owner === 'object' && !owner.deleted;
    const fallback = isCustomer ? owner.invoice_settings.default_payment_method : null;
    if (!current.default_payment_method && !fallback) {
      throw new BillingError('no-card', `${current.id} has nothing to be charged to`);
    }
    await unlessDone(stripe().subscriptions.resume(current.id));
  }
  const mirror = await syncCustomer(customer);
  const status = mostImportant(mirror?.subscriptions ?? [])?.status;
  return status === 'active' || status === 'trialing' ? 'resumed' : null;
}
