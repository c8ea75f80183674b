import type { BillingOverview, SubscriptionView } from '@/lib/billing/overview';

export type PaymentWarning = { title: string; detail: string };

/** What could go wrong, or has gone wrong, with paying for a subscription; null when nothing has. */
export function findPaymentWarning({
  subscription,
  card,
}: Pick<BillingOverview, 'subscription' | 'card'>): PaymentWarning | null {
  if (!subscription) return null;
  const due = subscription.nextPayment?.at;
  return (
    byStatus[subscription.status] ??
    (due && card && expiryOf(card) <= due ? cardExpiring : null) ??
    (due && !card && subscription.trialEndsAt ? cardMissing : null)
  );
}

/** A card is valid until the end of its month. */
function expiryOf({ expMonth, expYear }: { expMonth: number; expYear: number }): Date {
  return new Date(Date.UTC(expYear, expMonth));
}

const byStatus: Partial<Record<SubscriptionView['status'], PaymentWarning>> = {
  past_due: {
    title: 'Your last payment did not go through',
    detail:
      'We will try again over the next few days, and you keep your plan in the meantime. If your card no longer works, please update it.',
  },
  unpaid: {
    title: 'Your plan is on hold',
    detail: 'Your last invoice has not been paid. Once you pay it, you get your plan back.',
  },
  incomplete: {
    title: 'Your first payment is not complete',
    detail: 'Your plan starts once it is. Your bank may be waiting for you to approve the payment.',
  },
};

const cardExpiring: PaymentWarning = {
  title: 'Your card expires before the next payment',
  detail: 'Please update it before then so that your plan is not interrupted.',
};

const cardMissing: PaymentWarning = {
  title: 'No card on file for when your trial ends',
  detail: 'Add one before then to keep your plan.',
};
