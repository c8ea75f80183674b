import Link from 'next/link';
import { planWithMore } from '@/lib/billing/plan-with';
import { words } from '@/lib/reader';
import type { Usage } from '@/lib/usage/usage';
import { FormattedDate } from './ui/formatted-date';
import { usageAdvice } from './usage-advice';
import styles from './usage-list.module.css';

/** How much of each limit is used, as text with a bar, and what to do where little is left. */
export function UsageList({ usage }: { usage: readonly Usage[] }) {
  return (
    <ul className={`${styles.usage} figures`}>
      {usage
        .filter(({ used, allowed }) => used > 0 || allowed > 0)
        .map((each) => (
          <Row key={each.limit} usage={each} />
        ))}
    </ul>
  );
}

async function Row({ usage }: { usage: Usage }) {
  const { limit, used, allowed, resetsAt } = usage;
  const { usage: t, actions } = await words();
  const advice = usageAdvice(usage, t);
  return (
    <li>
      <p>{t.used(used, t.amount(limit, allowed))}</p>
      <svg
        className={`${styles.bar} ${advice ? styles.near : ''}`}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect width={Math.min(100, (100 * used) / Math.max(allowed, 1))} height="1" />
      </svg>
      {advice ? (
        <p>
          {advice}{' '}
          {planWithMore(limit, allowed) ? <Link href="/pricing">{actions.subscribe}</Link> : null}
        </p>
      ) : null}
      {resetsAt ? (
        <p className="soft small">{t.startsAgain(<FormattedDate date={resetsAt} />)}</p>
      ) : null}
    </li>
  );
}
