import type { Context } from '../core/context';
import { subscriptionOf } from './collection';
import { markPaid } from './invoice-finalize';
import { cancelPayment } from './invoice-states';
import type { Invoice } from './objects';
import { openPayment } from './payment-attempt';
import { settlePaid } from './subscription-settle';

/**
 * Draws the consequences of a credit note (or with negative amounts, of one that was voided) for its
 * invoice: less is owed, and when that is nothing, the invoice is paid and so is what it bills.
 *
 * @param before what was taken off the amount due
 * @param after what was given back of a payment, or of the balance that was applied
 */
export function creditInvoice(ctx: Context, invoice: Invoice, before: number, after: number): void {
  const credited = ctx.update(
    'invoice',
    invoice.id,
    {
      amount_due: invoice.amount_due - before,
      amount_remaining: invoice.amount_remaining - before,
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + after,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + before,
    },
    'invoice.updated',
  );
  if (before === 0) return;
  if (credited.amount_remaining > 0) {
    requestLess(ctx, credited);
    return;
  }
  cancelPayment(ctx, credited);
  const paid = markPaid(ctx, credited, 0);
  const subscription = subscriptionOf(ctx, paid);
  if (subscription) settlePaid(ctx, subscription, paid);
}

/** The payment by which an invoice is collected asks for what is owed now. */
function requestLess(ctx: Context, invoice: Invoice): void {
  const payment = openPayment(ctx, invoice);
  const intent = payment?.payment.payment_intent;
  if (!payment || !intent) return;
  ctx.update('invoice_payment', payment.id, { amount_requested: invoice.amount_remaining });
  ctx.update('payment_intent', intent, { amount: invoice.amount_remaining });
}
