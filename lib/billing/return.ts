import type { SessionUser } from '../auth/session';
import { logBillingError } from './errors';
import { syncCustomer } from './mirror/sync';
import type { Notice } from './notices';
import { type BillingOverview, billingOverview } from './overview';
import type { PortalFlow } from './portal-flow';

/** What somebody may have just finished at Stripe: Checkout, or a flow of the portal. */
export type Done = 'checkout' | Exclude<PortalFlow, 'home'>;

/**
 * Makes our database say what Stripe says of a user who comes back from Stripe's pages, so that the
 * billing page is right also when the webhook is late or lost.
 *
 * @param done what the address says they finished: never believed, it only chooses which words to
 *   say about what is now in our data; null for those who just come back
 * @returns what to tell them, if anything
 */
export async function noticeOnReturn(user: SessionUser, done: Done | null): Promise<Notice | null> {
  if (!user.stripeCustomerId) return null;
  try {
    await syncCustomer(user.stripeCustomerId);
  } catch (error) {
    logBillingError(error);
    return 'stale';
  }
  return done && words[done](await billingOverview(user));
}

/** The address's name of something done, or null: what a query is checked with. */
export function findDone(name: unknown): Done | null {
  return dones.find((each) => each === name) ?? null;
}

const words: Record<Done, (overview: BillingOverview) => Notice | null> = {
  checkout: ({ subscription, plan }) => {
    if (subscription?.status === 'incomplete') return 'pending';
    return plan.prices ? 'subscribed' : null;
  },
  payment_method_update: ({ card }) => (card ? 'card-saved' : null),
  customer_update: () => 'details-saved',
  subscription_cancel: ({ subscription }) => {
    if (subscription?.endsAt || subscription?.endedAt) return 'canceling';
    return subscription ? 'kept' : null;
  },
  subscription_pause: ({ subscription }) => (subscription?.status === 'paused' ? 'paused' : null),
  subscription_update: ({ plan }) => (plan.prices ? 'changed' : null),
  subscription_update_confirm: ({ plan }) => (plan.prices ? 'changed' : null),
};

const dones = Object.keys(words).filter((name): name is Done => name in words);
