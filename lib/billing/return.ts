import type { SessionUser } from '../auth/session';
import { db } from '../db';
import { limitReturns } from './click-limit';
import { BillingError, logBillingError } from './errors';
import type { Mirror } from './mirror/rows';
import { syncCustomer } from './mirror/sync';
import type { Notice } from './notices';
import { findPaidPlan } from './plans';
import type { PortalFlow } from './portal-flow';
import { isLive, mostImportant } from './subscription-status';

/** What somebody may have just finished at Stripe: Checkout, or a flow of the portal. */
export type Done = 'checkout' | Exclude<PortalFlow, 'home'>;

/** Milliseconds: the portal's pages can be finished this long after we opened them. */
const FLOW_LIFETIME = 24 * 60 * 60 * 1_000;

/**
 * Syncs a user who comes back from Stripe's pages, so that the billing page is right even when the
 * webhook is late or lost.
 *
 * @param done what the address says they finished; null for those who just come back. The address
 *   proves nothing: a notice also needs a flow that we opened for them, and states what is true now
 * @returns what to tell them, if anything
 */
export async function noticeOnReturn(user: SessionUser, done: Done | null): Promise<Notice | null> {
  if (!user.stripeCustomerId) return null;
  try {
    await limitReturns(user.id);
    const mirror = await syncCustomer(user.stripeCustomerId);
    if (!mirror || !done || !(await wasOpened(user, done))) return null;
    return notices[done](summarize(mirror));
  } catch (error) {
    logBillingError(error);
    const isRefused = error instanceof BillingError && error.problem === 'too-often';
    return isRefused ? null : 'stale';
  }
}

/** The name in the address of something done, or null when it is not one of ours. */
export function findDone(name: unknown): Done | null {
  return dones.find((each) => each === name) ?? null;
}

/** Checkout is not recorded as a visit: its notices say only what is true of the plan. */
async function wasOpened({ id }: SessionUser, done: Done): Promise<boolean> {
  if (done === 'checkout') return true;
  const since = new Date(Date.now() - FLOW_LIFETIME);
  const visits = { userId: id, purpose: done, createdAt: { gt: since } };
  return (await db().portalVisit.count({ where: visits })) > 0;
}

type Summary = ReturnType<typeof summarize>;

function summarize({ customer, subscriptions = [] }: Mirror) {
  const subscription = mostImportant(subscriptions) ?? null;
  const isPaying =
    subscription && isLive(subscription.status) && findPaidPlan(subscription.plan) !== undefined;
  return { subscription, isPaying, hasCard: Boolean(customer?.cardLast4) };
}

const notices: Record<Done, (summary: Summary) => Notice | null> = {
  checkout: ({ subscription, isPaying }) => {
    if (subscription?.status === 'incomplete') return 'pending';
    return isPaying ? 'subscribed' : null;
  },
  payment_method_update: ({ hasCard }) => (hasCard ? 'card-saved' : null),
  customer_update: () => 'details-saved',
  subscription_cancel: ({ subscription }) => {
    if (subscription?.cancelAt || subscription?.endedAt) return 'canceling';
    return subscription ? 'kept' : null;
  },
  subscription_pause: ({ subscription }) => (subscription?.status === 'paused' ? 'paused' : null),
  subscription_update: ({ isPaying }) => (isPaying ? 'changed' : null),
  subscription_update_confirm: ({ isPaying }) => (isPaying ? 'changed' : null),
};

const dones = Object.keys(notices).filter((name): name is Done => name in notices);
