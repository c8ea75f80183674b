import type { SessionUser } from '../auth/session';
import { env } from '../env';
import { catalogueId } from './catalogue-objects';
import { ensureCustomer } from './customer';
import { BillingError } from './errors';
import { type Interval, lookupKey, type PaidPlan } from './plans';
import { stripe } from './stripe';
import { isOngoing } from './subscription';

/**
 * Opens Stripe Checkout for a plan. Nobody is sold a second subscription: Stripe itself is asked
 * first, because our own record may be a moment behind.
 *
 * @param user the signed-in user, from the session
 * @param plan a paid plan of the catalogue
 * @returns the address of the Checkout page; asking again for the same plan, in another tab say,
 *   returns the page that is open already
 * @throws BillingError `already-subscribed`, or `not-set-up` before the catalogue was pushed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function createCheckoutUrl(
  user: SessionUser,
  plan: PaidPlan,
  interval: Interval,
): Promise<string> {
  const price = await catalogueId(lookupKey(plan, interval));
  const customer = await ensureCustomer(user);
  const [subscriptions, sessions] = await Promise.all([
    stripe().subscriptions.list({ customer, limit: 100 }),
    stripe().checkout.sessions.list({ customer, limit: 10 }),
  ]);
  if (subscriptions.data.some(({ status }) => isOngoing(status))) {
    throw new BillingError('already-subscribed', `${customer} has a subscription already`);
  }
  const open = sessions.data.filter(({ status }) => status === 'open');
  const same = open.find(({ metadata }) => metadata?.price === price);
  const others = open.filter((session) => session !== same);
  await Promise.all(others.map(({ id }) => stripe().checkout.sessions.expire(id)));
  if (same?.url) return same.url;

  const session = await stripe().checkout.sessions.create(
    {
      mode: 'subscription',
      customer,
      client_reference_id: user.id,
      line_items: [{ price, quantity: 1 }],
      metadata: { price },
      subscription_data: { metadata: { userId: user.id } },
      customer_update: { address: 'auto', name: 'auto' },
      allow_promotion_codes: true,
      success_url: `${env().NEXTAUTH_URL}/billing/return?from=checkout`,
      cancel_url: `${env().NEXTAUTH_URL}/pricing`,
    },
    // Made of the newest session there is: a double click gets one page, a later click a new one.
    { idempotencyKey: `checkout:${customer}:${price}:${sessions.data[0]?.id ?? 'first'}` },
  );
  if (!session.url) throw new BillingError('unavailable', `${session.id} came without an address`);
  return session.url;
}
