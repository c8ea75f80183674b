import { Day } from '@/components/ui/day';
import type { PortalVisitView } from '@/lib/billing/portal-visits';
import styles from './portal-visits.module.css';

/** What was opened at Stripe from this account, and when. */
export function PortalVisits({ visits }: { visits: PortalVisitView[] }) {
  if (visits.length === 0) {
    return <p className="soft">Nothing yet. Each visit to your billing pages is noted here.</p>;
  }
  return (
    <ul className={styles.visits}>
      {visits.map(({ id, purpose, createdAt }) => (
        <li key={id}>
          <span>{words[purpose] ?? words.home}</span>
          <Day of={createdAt} as="moment" />
        </li>
      ))}
    </ul>
  );
}

const words: Readonly<Record<string, string>> = {
  home: 'Billing',
  payment_method_update: 'Card',
  customer_update: 'Billing details',
  subscription_cancel: 'Cancellation',
  subscription_pause: 'Pause',
  subscription_update: 'Change of plan',
  subscription_update_confirm: 'Switch of plan',
};
