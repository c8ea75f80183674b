import type { SessionUser } from '../auth/session';
import { env } from '../env';
import { catalogueId } from './catalogue-objects';
import { BillingError } from './errors';
import { stripe } from './stripe';

/**
 * Opens the Stripe Billing Portal for a user: one Stripe request.
 *
 * @param user the signed-in user, from the session; the customer is theirs by our own record
 * @returns `session.url`, to be redirected to at once and kept nowhere: it signs its bearer in and
 *   dies within minutes
 * @throws BillingError `no-customer` for someone who never subscribed, `not-set-up` before the
 *   portal configuration was pushed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function createPortalUrl(user: SessionUser): Promise<string> {
  if (!user.stripeCustomerId) throw new BillingError('no-customer', 'the user has no customer');
  const session = await stripe().billingPortal.sessions.create({
    customer: user.stripeCustomerId,
    configuration: await catalogueId('portal:default'),
    return_url: `${env().NEXTAUTH_URL}/billing/return`,
  });
  return session.url;
}
