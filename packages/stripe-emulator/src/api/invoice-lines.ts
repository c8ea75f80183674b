import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { pageOf, paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { array, required } from '../core/params';
import { route } from '../core/route';
import type { Stored } from '../core/tables';
import { withTotals } from '../engine/invoicing';
import { lineOf } from '../engine/pending-items';
import { taxRatesOf } from '../engine/tax-rates';
import {
  addedLine,
  changedLine,
  type LineChange,
  ownLineFields,
  priced,
  removedLine,
} from './invoice-line-params';
import { changeInvoiceItem, newInvoiceItem } from './new-invoice-item';

type Invoice = Stored<'invoice'>;
type Line = Invoice['lines']['data'][number];

const right = 'invoice';

/** What Stripe calls a line in "No such …". */
const LINE = 'invoice line item';

/** The lines of an invoice, and changing those of a draft. */
export const invoiceLines = [
  route('GET /v1/invoices/:invoice/lines', { right, params: paging }, (ctx, params, path) => {
    const { lines } = ctx.get('invoice', path.invoice);
    return pageOf(lines.data, LINE, params, lines.url);
  }),
  route(
    'POST /v1/invoices/:invoice/add_lines',
    { right, params: { invoice_metadata: metadata(), lines: required(array(addedLine)) } },
    (request, params, path) => {
      const { ctx, draft } = draftOf(request, path.invoice);
      const customer = ctx.get('customer', draft.customer ?? '');
      const items = params.lines.map((line, index) => {
        const place = `lines[${index}]`;
        if (line.invoice_item !== undefined) return assigned(ctx, draft, line.invoice_item, place);
        return newInvoiceItem(ctx, customer, priced(ctx, line, place), {
          invoice: draft,
          path: place,
        });
      });
      const lines = [...draft.lines.data, ...items.map((item) => lineOf(ctx, item))];
      return relist(ctx, draft, lines, params.invoice_metadata);
    },
  ),
  route(
    'POST /v1/invoices/:invoice/update_lines',
    { right, params: { invoice_metadata: metadata(), lines: required(array(changedLine)) } },
    (request, params, path) => {
      const { ctx, draft } = draftOf(request, path.invoice);
      const lines = params.lines.reduce((kept, change, index) => {
        const line = lineIn(kept, change.id, `lines[${index}][id]`);
        const changed = changeLine(ctx, line, priced(ctx, change, `lines[${index}]`));
        return kept.map((other) => (other.id === line.id ? changed : other));
      }, draft.lines.data);
      return relist(ctx, draft, lines, params.invoice_metadata);
    },
  ),
  route(
    'POST /v1/invoices/:invoice/remove_lines',
    { right, params: { invoice_metadata: metadata(), lines: required(array(removedLine)) } },
    (request, params, path) => {
      const { ctx, draft } = draftOf(request, path.invoice);
      const gone = params.lines.map(({ behavior, id: wanted }, index) => {
        const line = lineIn(draft.lines.data, wanted, `lines[${index}][id]`);
        const item = itemOf(line);
        if (!item) throw invalidRequest('Only lines of invoice items can be removed.', 'lines');
        if (behavior === 'delete') ctx.remove('invoiceitem', item, 'invoiceitem.deleted');
        else ctx.update('invoiceitem', item, { invoice: null });
        return line.id;
      });
      const lines = draft.lines.data.filter((line) => !gone.includes(line.id));
      return relist(ctx, draft, lines, params.invoice_metadata);
    },
  ),
  route(
    'POST /v1/invoices/:invoice/lines/:line',
    { right, params: ownLineFields },
    (request, params, path) => {
      const { ctx, draft } = draftOf(request, path.invoice);
      const line = lineIn(draft.lines.data, path.line);
      const changed = changeLine(ctx, line, priced(ctx, params));
      const lines = draft.lines.data.map((other) => (other.id === line.id ? changed : other));
      return lineIn(relist(ctx, draft, lines).lines.data, line.id);
    },
  ),
];

/** Gives a draft other lines; its amounts follow them. Writes `invoice.updated`. */
export function relist(
  ctx: Context,
  draft: Invoice,
  lines: Line[],
  change?: Parameters<typeof mergeMetadata>[1],
): Invoice {
  const present = { ...draft, metadata: mergeMetadata(draft.metadata ?? {}, change) };
  return ctx.update('invoice', draft.id, withTotals(ctx, present, lines), 'invoice.updated');
}

/** The invoice item that a line shows, if it shows one. */
export function itemOf({ parent }: Line): string | null {
  return (
    parent?.invoice_item_details?.invoice_item ??
    parent?.subscription_item_details?.invoice_item ??
    null
  );
}

/** @throws StripeError for an invoice that is no draft any more */
function draftOf(request: Context, invoiceId: string) {
  const draft = request.get('invoice', invoiceId);
  if (draft.status === 'draft') return { ctx: request.onClock(draft.test_clock), draft };
  throw invalidRequest(
    "Finalized invoices can't be updated in this way: their lines cannot be changed.",
    undefined,
    'invoice_not_editable',
  );
}

function lineIn(lines: readonly Line[], wanted: string, param?: string): Line {
  const line = lines.find((candidate) => candidate.id === wanted);
  if (line) return line;
  throw missing(LINE, wanted, param);
}

function changeLine(ctx: Context, line: Line, params: LineChange): Line {
  const item = itemOf(line);
  if (item) {
    const changed = changeInvoiceItem(ctx, ctx.get('invoiceitem', item), params);
    return { ...lineOf(ctx, changed), id: line.id };
  }
  if (params.tax_rates !== undefined) {
    const rates = taxRatesOf(ctx, params.tax_rates, 'tax_rates').map((rate) => rate.id);
    ctx.world._taxed.put({ id: line.id, ...(rates.length > 0 && { rates }) });
  }
  return {
    ...line,
    amount: params.amount ?? line.amount,
    subtotal: params.amount ?? line.amount,
    description: params.description ?? line.description,
    discountable: params.discountable ?? line.discountable,
    metadata: mergeMetadata(line.metadata, params.metadata),
    period: params.period ?? line.period,
  };
}

/** A pending item of the same customer, put on the draft. */
function assigned(
  ctx: Context,
  draft: Invoice,
  wanted: string,
  place: string,
): Stored<'invoiceitem'> {
  const item = ctx.get('invoiceitem', wanted, `${place}[invoice_item]`);
  if (item.customer === draft.customer && item.invoice === null) {
    return ctx.update('invoiceitem', item.id, { invoice: draft.id });
  }
  throw invalidRequest(
    'Only pending invoice items of the same customer can be added to an invoice.',
    `${place}[invoice_item]`,
  );
}
