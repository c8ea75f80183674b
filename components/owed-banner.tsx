import Link from 'next/link';
import type { Owed } from '@/lib/billing/owed';
import { words } from '@/lib/reader';
import { NotOn } from './not-on';
import styles from './owed-banner.module.css';
import { Money } from './ui/money';

/** What somebody owes, on every page but the one that says more about it. */
export async function OwedBanner({ owed: { state, amount, currency } }: { owed: Owed }) {
  const { billing: t, circumstances } = await words();
  return (
    <NotOn path="/billing">
      <div role="alert" className={styles.banner}>
        <p>
          <strong>{circumstances[state].title}.</strong>{' '}
          {t.isOpen(<Money amount={amount} currency={currency} exact />)}
        </p>
        <Link href="/billing">{t.seeWhatToDo}</Link>
      </div>
    </NotOn>
  );
}
