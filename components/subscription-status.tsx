import type { SubscriptionView } from '@/lib/billing/overview';
import { words } from '@/lib/reader';
import styles from './subscription-status.module.css';

type Shown = Pick<SubscriptionView, 'status' | 'endsAt'>;

/** A subscription's status in a word or two. The color only repeats what the text says. */
export async function SubscriptionStatus({ endsAt, status }: Shown) {
  const name = endsAt ? 'ending' : status;
  const text = (await words()).billing.status[name];
  return <span className={`${styles.status} ${styles[tones[name]]}`}>{text}</span>;
}

const tones = {
  ending: 'soft',
  active: 'good',
  trialing: 'good',
  past_due: 'bad',
  unpaid: 'bad',
  paused: 'soft',
  incomplete: 'bad',
  canceled: 'soft',
  incomplete_expired: 'soft',
} as const satisfies Record<SubscriptionView['status'] | 'ending', string>;
