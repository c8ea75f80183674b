import type { SubscriptionView } from '@/lib/billing/subscription';
import styles from './subscription-status.module.css';

/** How a subscription stands, in a word or two; the colour only repeats it. */
export function SubscriptionStatus({ of }: { of: Pick<SubscriptionView, 'status' | 'endsAt'> }) {
  const { words, tone } = of.endsAt ? ending : standings[of.status];
  return <span className={`${styles.status} ${styles[tone]}`}>{words}</span>;
}

const ending = { words: 'Ending', tone: 'soft' } as const;

const standings = {
  active: { words: 'Active', tone: 'good' },
  trialing: { words: 'On trial', tone: 'good' },
  past_due: { words: 'Payment overdue', tone: 'bad' },
  unpaid: { words: 'Unpaid', tone: 'bad' },
  paused: { words: 'Paused', tone: 'soft' },
  incomplete: { words: 'Waiting for payment', tone: 'bad' },
  canceled: { words: 'Ended', tone: 'soft' },
  incomplete_expired: { words: 'Never started', tone: 'soft' },
} as const satisfies Record<SubscriptionView['status'], { words: string; tone: string }>;
