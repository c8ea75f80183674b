import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { resolvePaymentMethod } from './attach-payment-method';
import { collectInvoice, paymentError, subscriptionOf } from './collection';
import { finalizeInvoice, markPaid } from './invoice-finalize';
import { cancelPayment } from './invoice-states';
import type { Invoice } from './objects';
import { settle, settlePaid } from './subscription-settle';

/** How an invoice is paid outside its schedule. */
export interface PayInput {
  paid_out_of_band?: boolean;
  payment_method?: string;
  /** Whether the customer is not there to authenticate the payment: true unless said otherwise. */
  off_session?: boolean;
  /** The customer is on the hosted page and has authenticated the payment. */
  authenticated?: boolean;
}

/**
 * Pays an invoice now, finalizing it first if it is a draft.
 *
 * @throws StripeError 400 for an invoice that cannot be paid, 402 for a payment that fails (which stays
 *   in the books)
 */
export function payInvoice(ctx: Context, id: string, input: PayInput = {}): Invoice {
  const invoice = payable(ctx, id);
  if (invoice.status === 'paid') return invoice;
  if (input.paid_out_of_band) return payOutOfBand(ctx, invoice);
  const customer = ctx.get('customer', invoice.customer ?? '');
  const method =
    input.payment_method === undefined
      ? undefined
      : resolvePaymentMethod(ctx, input.payment_method, 'payment_method', customer.id);
  const collected = collectInvoice(ctx, id, {
    method,
    authenticated: input.authenticated,
    offSession: input.authenticated ? false : (input.off_session ?? true),
  });
  settle(ctx, collected);
  if (collected.result.kind !== 'paid') throw paymentError(ctx, collected);
  return ctx.get('invoice', id);
}

function payable(ctx: Context, id: string): Invoice {
  const invoice = ctx.get('invoice', id);
  if (invoice.status === 'paid') {
    throw invalidRequest('Invoice is already paid', undefined, 'invoice_already_paid');
  }
  if (invoice.status === 'void') {
    throw invalidRequest('This invoice can no longer be paid: it is void.');
  }
  return invoice.status === 'draft' ? finalizeInvoice(ctx, id) : invoice;
}

function payOutOfBand(ctx: Context, invoice: Invoice): Invoice {
  cancelPayment(ctx, invoice);
  const paid = markPaid(ctx, invoice, invoice.amount_remaining);
  const settled = ctx.update('invoice', paid.id, { amount_paid_off_stripe: paid.amount_paid });
  const subscription = subscriptionOf(ctx, settled);
  if (subscription) settlePaid(ctx, subscription, settled);
  return settled;
}
