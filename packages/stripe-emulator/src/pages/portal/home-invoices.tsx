import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { type CreditNoteLink, creditNotesOf } from '../invoice/invoice-view';
import { INVOICE_STATUS } from '../shared/invoice-status';
import { isOfVisit } from './subscriptions';
import type { Visit } from './visit';

const SHOWN_AT_FIRST = 6;

export interface InvoiceHistory {
  list: {
    id: string;
    date: string;
    number: string;
    amount: string;
    status: Stored<'invoice'>['status'];
    description: string;
    url: string | null | undefined;
    pdf: string | null | undefined;
    creditNotes: CreditNoteLink[];
  }[];
  hasMore: boolean;
}

/** The visitor's invoices, newest first; drafts are nobody's yet. */
export function invoiceHistory(ctx: Context, visit: Visit, all: boolean): InvoiceHistory {
  const invoices = [...ctx.by('invoice', 'customer', visit.customer.id)].filter(
    (invoice) => invoice.status !== 'draft' && isOfVisit(visit, invoice),
  );
  const shown = all ? invoices : invoices.slice(0, SHOWN_AT_FIRST);
  return {
    list: shown.map((invoice) => ({
      id: invoice.id,
      date: visit.formats.shortDate(invoice.created),
      number: invoice.number ?? '',
      amount: visit.formats.money(invoice.total, invoice.currency),
      status: invoice.status,
      description: invoice.lines.data.at(-1)?.description ?? '',
      url: invoice.hosted_invoice_url,
      pdf: invoice.invoice_pdf,
      creditNotes: creditNotesOf(ctx, invoice, visit.formats),
    })),
    hasMore: shown.length < invoices.length,
  };
}

export const InvoiceHistoryBlock: FC<{ base: string; history: InvoiceHistory }> = ({
  base,
  history,
}) => (
  <section class="block" aria-labelledby="invoice-history">
    <h2 id="invoice-history">Invoice history</h2>
    {history.list.length === 0 && <p class="muted">There are no invoices yet.</p>}
    <ul class="invoices">
      {history.list.map((invoice) => (
        <li key={invoice.id}>
          {invoice.url ? (
            <a href={invoice.url} aria-label={`Invoice ${invoice.number} of ${invoice.date}`}>
              {invoice.date}
            </a>
          ) : (
            <span>{invoice.date}</span>
          )}
          <span>{invoice.amount}</span>
          <Status status={invoice.status} />
          <span class="detail">
            <span>{invoice.description}</span>
            {invoice.pdf && (
              <a href={invoice.pdf} aria-label={`Download invoice ${invoice.number} as PDF`}>
                PDF
              </a>
            )}
          </span>
          {invoice.creditNotes.map((note) => (
            <span key={note.id} class="detail">
              <span>
                Credit note of {note.date}: {note.amount}
              </span>
              <a href={note.pdf} aria-label={`Download credit note ${note.number} as PDF`}>
                PDF
              </a>
            </span>
          ))}
        </li>
      ))}
    </ul>
    {history.hasMore && (
      <p>
        <a href={`${base}?invoices=all#invoice-history`}>View more</a>
      </p>
    )}
  </section>
);

const Status: FC<{ status: Stored<'invoice'>['status'] }> = ({ status }) => {
  const { text, tone } = INVOICE_STATUS[status ?? 'draft'] ?? { text: status, tone: '' };
  return <span class={`pill ${tone}`}>{text}</span>;
};
