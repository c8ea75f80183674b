import type { InvoiceView } from '@/lib/billing/overview';
import styles from './invoice-table.module.css';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

/** Invoices, in the order given. Their links lead to Stripe's hosted page and PDF. */
export function InvoiceTable({ invoices }: { invoices: InvoiceView[] }) {
  return (
    <div className={styles.sideways}>
      <table className={`${styles.table} figures`}>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Status</th>
            <th scope="col" className={styles.amount}>
              Amount
            </th>
            <th scope="col" className={styles.files}>
              Invoice
            </th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ invoice }: { invoice: InvoiceView }) {
  const { number, status, total, currency, createdAt, hostedUrl, pdfUrl } = invoice;
  const name = number ?? 'without a number';
  return (
    <tr>
      <th scope="row">
        <FormattedDate date={createdAt} />
        <span className={`${styles.number} soft small`}>{number}</span>
      </th>
      <td className={status === 'open' ? styles.open : undefined}>
        {statusText[status] ?? status}
      </td>
      <td className={styles.amount}>
        <Money amount={total} currency={currency} exact />
      </td>
      <td className={styles.files}>
        {hostedUrl ? (
          <a href={hostedUrl}>
            View<span className="visually-hidden"> invoice {name}</span>
          </a>
        ) : null}
        {pdfUrl ? (
          <a href={pdfUrl}>
            PDF<span className="visually-hidden"> of invoice {name}</span>
          </a>
        ) : null}
      </td>
    </tr>
  );
}

const statusText: Readonly<Record<string, string>> = {
  paid: 'Paid',
  open: 'Open',
  void: 'Void',
  uncollectible: 'Written off',
};
