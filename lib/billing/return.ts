import { db } from '../db';
import type { BillingAccount } from './account';
import { limitReturns } from './click-limit';
import { BillingError, logBillingError } from './errors';
import type { Mirror } from './mirror/rows';
import { syncCustomer } from './mirror/sync';
import type { Notice } from './notices';
import { findPaidPlan } from './plans';
import type { PortalFlow } from './portal-flow';
import { checkTrial, settleStart } from './settle-start';
import { isLive, isOwing, mostImportant } from './subscription-status';
import { whyUndone } from './undone';
import { putNewCardToUse } from './webhook/new-card';

/** What somebody may have just finished at Stripe: Checkout, or a flow of the portal. */
export type Done = 'checkout' | Exclude<PortalFlow, 'home'>;

type Returning = Pick<BillingAccount, 'id' | 'stripeCustomerId' | 'person'>;

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
export async function noticeOnReturn(user: Returning, done: Done | null): Promise<Notice | null> {
  const { stripeCustomerId: customer } = user;
  if (!customer) return null;
  try {
    await limitReturns(user.person?.id ?? user.id);
    const mirror = await syncCustomer(customer);
    if (!mirror || !done || !(await wasOpened(user, done))) return null;
    const settled = (await settlements[done]?.(customer)) ?? mirror;
    const before = summarize(settled);
    if (done !== 'payment_method_update') return notices[done](before, before);
    // The webhook that has a new card pay what is open may be late, or have done so since the sync.
    const isPaying = (await putNewCardToUse(customer)) || before.isOwing;
    const after = isPaying ? await syncCustomer(customer) : null;
    return notices[done](after ? summarize(after) : before, before);
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
async function wasOpened({ id }: Returning, done: Done): Promise<boolean> {
  if (done === 'checkout') return true;
  const since = new Date(Date.now() - FLOW_LIFETIME);
  const opened = await db().auditEntry.count({
    where: {
      userId: id,
      action: 'portal_opened',
      createdAt: { gt: since },
      details: { path: ['purpose'], equals: done },
    },
  });
  return opened > 0;
}

type Summary = ReturnType<typeof summarize>;

/** Done here, too, so that the page shows what became of it even before the webhook. */
const settlements: Partial<Record<Done, (customer: string) => Promise<Mirror | null>>> = {
  checkout: settleStart,
  payment_method_update: checkTrial,
};

function summarize({ customer, subscriptions = [] }: Mirror) {
  const subscription = mostImportant(subscriptions) ?? null;
  const since = Date.now() - FLOW_LIFETIME;
  const ended = subscriptions.filter(({ endedAt }) => endedAt && endedAt.getTime() > since);
  const undone = new Set(ended.map(({ cancelComment }) => whyUndone(cancelComment)));
  const isPaying =
    subscription && isLive(subscription.status) && findPaidPlan(subscription.plan) !== undefined;
  return {
    subscription,
    isPaying,
    undone,
    isOwing: isOwing(subscription?.status ?? ''),
    hasCard: Boolean(customer?.cardLast4),
  };
}

const notices: Record<Done, (after: Summary, before: Summary) => Notice | null> = {
  checkout: ({ subscription, isPaying, undone }) => {
    if (subscription?.status === 'incomplete') return 'pending';
    if (!isPaying) return null;
    if (undone.has('second-plan')) return 'second-plan';
    return subscription?.status === 'trialing' ? 'trial-started' : 'subscribed';
  },
  payment_method_update: ({ hasCard, isPaying, isOwing, undone }, before) => {
    // The page says why the trial has ended, and what is still open.
    if ((undone.has('trial-used') && !isPaying) || isOwing || !hasCard) return null;
    return before.isOwing ? 'card-paid' : 'card-saved';
  },
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
