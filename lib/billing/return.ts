import type { SessionUser } from '../auth/session';
import { logBillingError } from './errors';
import type { Notice } from './notices';
import { billingOverview } from './subscription';
import { syncCustomer } from './sync';

/**
 * Makes our database say what Stripe says of a user who comes back from Stripe's pages, so that the
 * billing page is right also when the webhook is late or lost.
 *
 * @param from which of Stripe's pages they come from; what they did there is read, never believed
 * @returns what to tell them, if anything
 */
export async function noticeOnReturn(
  user: SessionUser,
  from: 'checkout' | 'portal',
): Promise<Notice | null> {
  if (!user.stripeCustomerId) return null;
  try {
    await syncCustomer(user.stripeCustomerId);
  } catch (error) {
    logBillingError(error);
    return 'stale';
  }
  if (from === 'portal') return null;
  const { subscription } = await billingOverview(user);
  if (subscription?.status === 'incomplete') return 'pending';
  return subscription && subscription.status !== 'canceled' ? 'subscribed' : null;
}
