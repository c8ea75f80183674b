import type { SubscriptionView } from '@/lib/billing/overview';
import styles from './subscription-status.module.css';

/** A subscription's status in a word or two. The color only repeats what the text says. */
export function SubscriptionStatus({
  subscription,
}: {
  subscription: Pick<SubscriptionView, 'status' | 'endsAt'>;
}) {
  const { text, tone } = subscription.endsAt ? ending : statuses[subscription.status];
  return <span className={`${styles.status} ${styles[tone]}`}>{text}</span>;
}

const ending = { text: 'Ending', tone: 'soft' } as const;

const statuses = {
  active: { text: 'Active', tone: 'good' },
  trialing: { text: 'On trial', tone: 'good' },
  past_due: { text: 'Payment overdue', tone: 'bad' },
  unpaid: { text: 'Unpaid', tone: 'bad' },
  paused: { text: 'Paused', tone: 'soft' },
  incomplete: { text: 'Waiting for payment', tone: 'bad' },
  canceled: { text: 'Ended', tone: 'soft' },
  incomplete_expired: { text: 'Never started', tone: 'soft' },
} as const satisfies Record<SubscriptionView['status'], { text: string; tone: string }>;
