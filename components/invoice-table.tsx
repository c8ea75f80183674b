import type { InvoiceView } from '@/lib/billing/invoices';
import { words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import styles from './invoice-table.module.css';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

/** Invoices, in the order given. Their numbers lead to Stripe's hosted pages. */
export async function InvoiceTable({ invoices }: { invoices: InvoiceView[] }) {
  const t = (await words()).invoices;
  return (
    <div className={styles.sideways}>
      <table className={`${styles.table} figures`}>
        <thead>
          <tr>
            <th scope="col">{t.date}</th>
            <th scope="col" className={styles.number}>
              {t.number}
            </th>
            <th scope="col">{t.status}</th>
            <th scope="col" className={styles.amount}>
              {t.amount}
            </th>
            <td />
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

async function Row({ invoice }: { invoice: InvoiceView }) {
  const t = (await words()).invoices;
  const { number, status, total, currency, createdAt, hostedUrl, pdfUrl } = invoice;
  const { refunded, fromCredit } = invoice;
  const name = number ?? t.withoutNumber;
  return (
    <tr>
      <th scope="row">
        <FormattedDate date={createdAt} as="date" />
      </th>
      <td className={styles.number}>{hostedUrl ? <a href={hostedUrl}>{name}</a> : number}</td>
      <td className={status === 'open' ? styles.open : undefined}>
        {statusOf(invoice, t)}
        {refunded.extent === 'some' ? (
          <span className={`${styles.note} soft small`}>
            {t.partlyRefunded(<Money amount={refunded.amount} currency={currency} exact />)}
          </span>
        ) : null}
        {fromCredit > 0 ? (
          <span className={`${styles.note} soft small`}>
            {t.fromCredit(<Money amount={fromCredit} currency={currency} exact />)}
          </span>
        ) : null}
      </td>
      <td className={styles.amount}>
        <Money amount={total} currency={currency} exact />
      </td>
      <td className={styles.file}>
        {pdfUrl ? (
          <a href={pdfUrl}>
            PDF<span className="visually-hidden">{t.pdfOf(name)}</span>
          </a>
        ) : null}
      </td>
    </tr>
  );
}

/** What became of the money goes before what the invoice is called. */
function statusOf({ status, dispute, refunded, total }: InvoiceView, t: Words['invoices']): string {
  if (dispute) return dispute === 'lost' ? t.chargedBack : t.disputed;
  if (refunded.extent === 'all') return t.refunded;
  if (status === 'paid' && total < 0) return t.credit;
  const named = statuses.find((each) => each === status);
  return named ? t[named] : status;
}

const statuses = ['paid', 'open', 'void', 'uncollectible'] as const;
