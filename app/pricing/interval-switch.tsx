import Link from 'next/link';
import { type Interval, intervals } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import styles from './interval-switch.module.css';

/** Switches between monthly and yearly prices. Links, so that each has its own address. */
export async function IntervalSwitch({ current, code }: { current: Interval; code?: string }) {
  const t = (await words()).pricing;
  return (
    <nav aria-label={t.interval}>
      <ul className={styles.switch}>
        {intervals.map((interval) => (
          <li key={interval}>
            <Link
              href={`/pricing?${new URLSearchParams({ interval, ...(code && { code }) })}`}
              replace
              scroll={false}
              aria-current={interval === current ? 'true' : undefined}
            >
              {t[interval]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
