import type { Context } from '../core/context';
import { isWithin, pageOf, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { type FieldOutputs, id, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { issueCreditNote, voidCreditNote } from '../engine/credit-note';
import { creditNoteFields } from './credit-note-params';

type Note = Stored<'credit_note'>;

const right = 'credit_note';

/** What Stripe calls a line in "No such …". */
const LINE = 'credit note line item';

/** What takes back a part of a finalized invoice. */
export const creditNotes: Resource = {
  routes: [
    route('POST /v1/credit_notes', { right, params: creditNoteFields }, issue),
    route('GET /v1/credit_notes/preview', { right, params: creditNoteFields }, preview),
    route(
      'GET /v1/credit_notes/preview/lines',
      { right, params: { ...creditNoteFields, ...paging } },
      (ctx, params) => {
        const { lines } = preview(ctx, params);
        return pageOf(lines.data, LINE, params, '/v1/credit_notes/preview/lines');
      },
    ),
    route(
      'GET /v1/credit_notes',
      {
        right,
        params: {
          ...paging,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          invoice: id(),
        },
      },
      (ctx, params) =>
        ctx.list('credit_note', params, '/v1/credit_notes', {
          by: params.invoice ? ['invoice', params.invoice] : ['customer', params.customer],
          where: (note) =>
            isWithin(note.created, params.created) &&
            (params.customer ?? note.customer) === note.customer &&
            (params.customer_account ?? note.customer_account) === note.customer_account,
        }),
    ),
    route('GET /v1/credit_notes/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('credit_note', path.id),
    ),
    route(
      'POST /v1/credit_notes/:id',
      { right, params: { memo: string({ max: 5000 }), metadata: metadata() } },
      (ctx, { memo, metadata: change }, path) => {
        const note = ctx.get('credit_note', path.id);
        const changes = {
          ...(memo !== undefined && { memo }),
          metadata: mergeMetadata(note.metadata ?? {}, change),
        };
        return ctxOf(ctx, note).update('credit_note', note.id, changes, 'credit_note.updated');
      },
    ),
    route('GET /v1/credit_notes/:id/lines', { right, params: paging }, (ctx, params, path) => {
      const { lines } = ctx.get('credit_note', path.id);
      return pageOf(lines.data, LINE, params, lines.url);
    }),
    route('POST /v1/credit_notes/:id/void', { right, params: {} }, (ctx, _params, path) => {
      const note = ctx.get('credit_note', path.id);
      return voidCreditNote(ctxOf(ctx, note), note);
    }),
  ],
  expansions: {
    credit_note: {
      customer: 'customer',
      customer_balance_transaction: 'customer_balance_transaction',
      'discount_amounts.discount': 'discount',
      invoice: 'invoice',
      lines: 'embedded',
      'pretax_credit_amounts.discount': 'discount',
      'refunds.refund': 'refund',
    },
    credit_note_line_item: {
      'discount_amounts.discount': 'discount',
      'pretax_credit_amounts.discount': 'discount',
    },
  },
};

function issue(request: Context, params: FieldOutputs<typeof creditNoteFields>): Note {
  const invoice = request.get('invoice', params.invoice, 'invoice');
  return issueCreditNote(ctxOf(request, invoice), invoice, params);
}

/** The note is really issued, taken down, and everything taken back. */
function preview(ctx: Context, params: FieldOutputs<typeof creditNoteFields>): Note {
  const note = ctx.core.rehearse(() => issue(ctx, params));
  const refunds = note.refunds.filter(({ refund }) => ctx.find('refund', refund));
  return { ...note, customer_balance_transaction: null, refunds };
}

/** At the time of the customer's clock; a customer that was deleted since has none any more. */
function ctxOf(ctx: Context, { customer }: { readonly customer: string | null }): Context {
  return ctx.onClockOf(customer === null ? undefined : ctx.find('customer', customer));
}
