import type { BillingOverview, SubscriptionView } from '@/lib/billing/subscription';

export type Reminder = { title: string; detail: string };

/** What stands in the way of the next payment; null when nothing does. */
export function findReminder({
  subscription,
  card,
}: Pick<BillingOverview, 'subscription' | 'card'>): Reminder | null {
  if (!subscription) return null;
  const due = subscription.nextPayment?.at;
  return (
    byStatus[subscription.status] ??
    (due && card && endOf(card) <= due ? expiring : null) ??
    (due && !card && subscription.trialEndsAt ? missing : null)
  );
}

/** A card is good to the end of its month. */
function endOf({ expMonth, expYear }: { expMonth: number; expYear: number }): Date {
  return new Date(Date.UTC(expYear, expMonth));
}

const byStatus: Partial<Record<SubscriptionView['status'], Reminder>> = {
  past_due: {
    title: 'Your last payment did not go through',
    detail: 'We will try again over the next days, and your plan stays open meanwhile.',
  },
  unpaid: {
    title: 'Your plan is on hold',
    detail: 'An invoice is still open. Pay it, and the plan continues where it stopped.',
  },
  incomplete: {
    title: 'Your first payment is not complete',
    detail: 'Your plan starts as soon as it is. Your bank may be waiting for your consent.',
  },
};

const expiring: Reminder = {
  title: 'Your card expires before the next payment',
  detail: 'Give us its successor in time, and nothing is interrupted.',
};

const missing: Reminder = {
  title: 'No card for when your trial ends',
  detail: 'Add one in time, and your plan goes on without a break.',
};
