import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { amountsOf } from './credit-note-amounts';
import {
  type CreditNoteInput,
  noteLines,
  refuseTooMuch,
  refuseUnbalanced,
  refuseUnlessFinalized,
} from './credit-note-input';
import { creditInvoice } from './credited-invoice';
import { linkedRefunds, paidCharge } from './credited-refunds';
import { moveBalance } from './customer-balance';
import { creditNotePdfUrl } from './hosted-links';
import type { CreditNote, Invoice } from './objects';
import { refundCharge } from './refund-charge';

/**
 * Takes back a part of a finalized invoice. What is still owed is reduced first; the rest is refunded,
 * credited to the customer's balance, or given back outside, as the request says.
 *
 * @throws StripeError when the invoice cannot be credited (so much), or the parts do not add up
 */
export function issueCreditNote(
  ctx: Context,
  invoice: Invoice,
  input: CreditNoteInput,
): CreditNote {
  refuseUnlessFinalized(invoice);
  const id = newId('cn');
  const amounts = amountsOf(noteLines(ctx, invoice, input));
  const linked = linkedRefunds(ctx, invoice, input.refunds ?? []);
  refuseTooMuch(ctx, invoice, amounts.amount, linked);
  const before = Math.min(amounts.amount, invoice.amount_remaining);
  const after = amounts.amount - before;
  refuseUnbalanced(invoice, input, after, linked);
  const refunds = input.refund_amount
    ? [...linked, newRefund(ctx, invoice, input.refund_amount)]
    : linked;
  const transaction = input.credit_amount
    ? moveBalance(ctx, invoice.customer ?? '', -input.credit_amount, {
        type: 'credit_note',
        credit_note: id,
        currency: invoice.currency,
        invoice: invoice.id,
      })
    : null;
  const note = ctx.insert(
    'credit_note',
    {
      id,
      object: 'credit_note',
      ...amounts,
      amount_shipping: 0,
      created: ctx.now,
      currency: invoice.currency,
      customer: invoice.customer ?? '',
      customer_account: invoice.customer_account,
      customer_balance_transaction: transaction?.id ?? null,
      effective_at: input.effective_at ?? ctx.now,
      invoice: invoice.id,
      lines: { ...amounts.lines, url: `/v1/credit_notes/${id}/lines` },
      livemode: ctx.livemode,
      memo: input.memo ?? null,
      metadata: mergeMetadata({}, input.metadata),
      number: nextNumber(ctx, invoice),
      out_of_band_amount: input.out_of_band_amount ?? null,
      pdf: creditNotePdfUrl(ctx, id),
      post_payment_amount: after,
      pre_payment_amount: before,
      reason: input.reason ?? null,
      refunds,
      shipping_cost: null,
      status: 'issued',
      type: typeOf(before, after),
      voided_at: null,
    },
    'credit_note.created',
  );
  creditInvoice(ctx, invoice, before, after);
  return note;
}

/** Takes a credit note back, as long as its invoice is open. @throws StripeError for any other */
export function voidCreditNote(ctx: Context, note: CreditNote): CreditNote {
  const invoice = ctx.get('invoice', note.invoice);
  if (note.status === 'void') throw invalidRequest('This credit note is already void.');
  if (invoice.status !== 'open') {
    throw invalidRequest(
      `You can only void a credit note while its invoice is open. The status of this invoice is ${invoice.status}.`,
    );
  }
  const voided = ctx.update('credit_note', note.id, { status: 'void', voided_at: ctx.now });
  ctx.emit('credit_note.voided', voided);
  creditInvoice(ctx, invoice, -note.pre_payment_amount, 0);
  return voided;
}

function newRefund(ctx: Context, invoice: Invoice, amount: number): CreditNote['refunds'][number] {
  const { id } = refundCharge(ctx, paidCharge(ctx, invoice), { amount });
  return { amount_refunded: amount, payment_record_refund: null, refund: id, type: 'refund' };
}

/** Such as `ABCD1234-0001-CN-02`; void ones are counted too. */
function nextNumber(ctx: Context, invoice: Invoice): string {
  const count = [...ctx.by('credit_note', 'invoice', invoice.id)].length + 1;
  return `${invoice.number}-CN-${String(count).padStart(2, '0')}`;
}

function typeOf(before: number, after: number): CreditNote['type'] {
  if (before > 0 && after > 0) return 'mixed';
  return before > 0 ? 'pre_payment' : 'post_payment';
}
