import { FormattedDate } from '@/components/ui/formatted-date';
import type { PortalVisitView } from '@/lib/billing/portal-visits';
import styles from './portal-visits.module.css';

/** What was opened in the Stripe Billing Portal from this account, and when. */
export function PortalVisits({ visits }: { visits: PortalVisitView[] }) {
  if (visits.length === 0) {
    return (
      <p className="soft">
        None yet. Each time somebody opens billing at Stripe from your account, it is listed here.
      </p>
    );
  }
  return (
    <ul className={styles.visits}>
      {visits.map(({ id, purpose, createdAt }) => (
        <li key={id}>
          <span>{labels[purpose] ?? labels.home}</span>
          <FormattedDate date={createdAt} as="moment" />
        </li>
      ))}
    </ul>
  );
}

const labels: Readonly<Record<string, string>> = {
  home: 'Billing',
  payment_method_update: 'Card',
  customer_update: 'Billing details',
  subscription_cancel: 'Cancellation',
  subscription_pause: 'Pause',
  subscription_update: 'Plan change',
  subscription_update_confirm: 'Plan switch',
};
