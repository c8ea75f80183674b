import type { InvoiceView } from '@/lib/billing/overview';
import { monthlySpend } from './monthly-spend';
import styles from './monthly-spend-table.module.css';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

/** What was paid in each of the last months: a table with a bar in each row. */
export function MonthlySpendTable({ invoices }: { invoices: InvoiceView[] }) {
  const currency = invoices[0]?.currency;
  if (!currency) return null;
  const months = monthlySpend(invoices, currency);
  const most = Math.max(...months.map(({ paid }) => paid), 1);
  return (
    <table className={`${styles.table} figures`}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Paid</th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, paid }) => (
          <tr key={month}>
            <th scope="row">
              <FormattedDate date={new Date(`${month}-01`)} as="month" />
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
                <Money amount={paid} currency={currency} exact />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
