import type { FC } from 'hono/jsx';
import { CardFields } from '../shared/card-fields';
import type { CardErrors, CardKept } from '../shared/card-input';
import { HostedPage } from '../shared/hosted-page';
import { INVOICE_STATUS } from '../shared/invoice-status';
import { Notice } from '../shared/notice';
import { TestCardsNote } from '../shared/test-cards-note';
import type { InvoiceView } from './invoice-view';

/** What went wrong with a try to pay, and what may be shown again of it. */
export interface PayTrial {
  problem?: string;
  errors?: CardErrors;
  kept?: CardKept;
}

export const InvoicePage: FC<{ view: InvoiceView; attempt?: PayTrial; isPaidNow?: boolean }> = ({
  view,
  attempt,
  isPaidNow,
}) => (
  <HostedPage
    title={`Invoice ${view.invoice.number ?? ''} · ${view.business}`}
    side={<Summary view={view} />}
  >
    <div class="stack">
      {isPaidNow && <Notice>Thank you. The invoice is paid.</Notice>}
      {view.invoice.status === 'open' && <PayForm view={view} attempt={attempt ?? {}} />}
      <section aria-labelledby="lines">
        <h2 id="lines">Details</h2>
        <div class="lines">
          {view.lines.map((line) => (
            <div key={line.id} class="line">
              <span>{line.description}</span>
              <span>{line.amount}</span>
              <span class="detail">{line.detail}</span>
            </div>
          ))}
          {view.totals.map((total) => (
            <p key={total.label} class={`line ${total.strong ? 'total' : ''}`}>
              <span>{total.label}</span>
              <span>{total.amount}</span>
            </p>
          ))}
        </div>
      </section>
    </div>
  </HostedPage>
);

const Summary: FC<{ view: InvoiceView }> = ({ view }) => {
  const { business, formats, invoice, path } = view;
  const { text, tone } = INVOICE_STATUS[invoice.status ?? 'draft'] ?? { text: '', tone: '' };
  const isOpen = invoice.status === 'open';
  const amount = isOpen ? invoice.amount_remaining : invoice.total;
  return (
    <>
      <h1 class="headline">Invoice from {business}</h1>
      <div class="stack-tight">
        <p class="amount">{formats.money(amount, invoice.currency)}</p>
        <p class="row">
          <span class={`pill ${tone}`}>{text}</span>
          <span class="muted">{dateLine(view)}</span>
        </p>
      </div>
      <dl class="details">
        <dt>Number</dt>
        <dd>{invoice.number}</dd>
        <dt>To</dt>
        <dd>
          {view.billTo.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </dd>
      </dl>
      <p>
        <a href={`${path}/pdf`}>Download invoice (PDF)</a>
      </p>
      {view.creditNotes.length > 0 && (
        <ul>
          {view.creditNotes.map((note) => (
            <li key={note.id}>
              <a href={note.pdf}>
                Credit note {note.number} of {note.date}, {note.amount} (PDF)
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const PayForm: FC<{ view: InvoiceView; attempt: PayTrial }> = ({ view, attempt }) => {
  const { defaultMethod, formats, invoice, path } = view;
  return (
    <form class="stack" method="post" action={path}>
      <h2>Pay this invoice</h2>
      {attempt.problem && <Notice tone="bad">{attempt.problem}</Notice>}
      {defaultMethod && (
        <fieldset class="stack">
          <legend class="visually-hidden">Pay with</legend>
          <label class="choice">
            <input
              type="radio"
              name="payment_method"
              value={defaultMethod.id}
              checked={!attempt.kept}
            />
            <span>{defaultMethod.title}</span>
          </label>
          <label class="choice">
            <input type="radio" name="payment_method" value="new" checked={Boolean(attempt.kept)} />
            <span>Another card</span>
          </label>
        </fieldset>
      )}
      <div class="new-card">
        <CardFields kept={attempt.kept} errors={attempt.errors} required={!defaultMethod} />
        <TestCardsNote />
      </div>
      <button class="button primary wide" type="submit">
        Pay {formats.money(invoice.amount_remaining, invoice.currency)}
      </button>
    </form>
  );
};

function dateLine({ formats, invoice }: InvoiceView): string {
  const { paid_at, voided_at } = invoice.status_transitions;
  if (invoice.status === 'paid') return formats.date(paid_at ?? invoice.created);
  if (invoice.status === 'void') return formats.date(voided_at ?? invoice.created);
  return `Due ${formats.date(invoice.due_date ?? invoice.created)}`;
}
