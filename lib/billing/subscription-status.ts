import type { Subscription } from '../generated/prisma/client';

/** Stripe's statuses of a subscription, the ones that matter most first. */
export const subscriptionStatuses = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'canceled',
  'incomplete_expired',
] as const;

export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** Whether a subscription with this status gives access. It does while a failed payment is retried. */
export function isLive(status: string): boolean {
  return status === 'active' || status === 'trialing' || status === 'past_due';
}

/** Whether a subscription with this status can still charge someone, so that they need no second. */
export function isOngoing(status: string): boolean {
  return isLive(status) || status === 'unpaid' || status === 'paused';
}

/** The statuses in which something has to be paid for the subscription to go on, or to begin. */
export const owingStatuses = ['past_due', 'unpaid', 'incomplete'] as const;

export type OwingStatus = (typeof owingStatuses)[number];

export function isOwing(status: string): status is OwingStatus {
  return owingStatuses.some((each) => each === status);
}

/** Whether a subscription with this status has ended for good. */
export function isOver(status: string): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

/**
 * The subscription that matters most: by status, then the newest. Always the same answer, also for
 * someone who has several of the same second, in whatever order they are given.
 */
export function mostImportant<Row extends Pick<Subscription, 'id' | 'status' | 'createdAt'>>(
  subscriptions: readonly Row[],
): Row | undefined {
  const order: readonly string[] = subscriptionStatuses;
  const rank = ({ status }: Row) => order.indexOf(status);
  return subscriptions.toSorted(
    (a, b) =>
      rank(a) - rank(b) || b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  )[0];
}
