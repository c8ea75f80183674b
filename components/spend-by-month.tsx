import type { InvoiceView } from '@/lib/billing/subscription';
import { formatMoney } from '@/lib/format';
import { monthlySpend } from './monthly-spend';
import styles from './spend-by-month.module.css';

/** What was paid in each of the last months: a table whose rows carry their own bars. */
export function SpendByMonth({ invoices }: { invoices: InvoiceView[] }) {
  const currency = invoices[0]?.currency;
  if (!currency) return null;
  const months = monthlySpend(invoices, currency);
  const most = Math.max(...months.map(({ paid }) => paid), 1);
  return (
    <table className={`${styles.table} figures`}>
      <thead className="unseen">
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Paid</th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, paid }) => (
          <tr key={month}>
            <th scope="row">
              <time dateTime={month}>{monthName(month)}</time>
            </th>
            <td>
              <span className={styles.measure}>
                <svg
                  className={styles.bar}
                  viewBox="0 0 100 1"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  focusable="false"
                >
                  <rect width={(100 * paid) / most} height="1" />
                </svg>
                {formatMoney(paid, currency)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `2026-11` as `Nov 2026`. */
function monthName(month: string): string {
  return new Intl.DateTimeFormat('en-US', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01`));
}
