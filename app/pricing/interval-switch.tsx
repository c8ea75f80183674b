import Link from 'next/link';
import { type Interval, intervals } from '@/lib/billing/plans';
import styles from './interval-switch.module.css';

/** Switches between monthly and yearly prices. Links, so that each has its own address. */
export function IntervalSwitch({ current }: { current: Interval }) {
  return (
    <nav aria-label="Billing interval">
      <ul className={styles.switch}>
        {intervals.map((interval) => (
          <li key={interval}>
            <Link
              href={`/pricing?interval=${interval}`}
              replace
              scroll={false}
              aria-current={interval === current ? 'true' : undefined}
            >
              {labels[interval]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const labels = { month: 'Monthly', year: 'Yearly' } as const satisfies Record<Interval, string>;
