import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { moveBalance } from './customer-balance';
import { returnCredits } from './invoice-credits';
import { scheduleInvoice } from './invoicing';
import type { Invoice } from './objects';
import { openPayment } from './payment-attempt';
import { changeSubscription } from './subscription-changes';

/**
 * Voids an open or uncollectible invoice; what it took of the customer's credit is given back, and the
 * change that waits for it is dropped.
 *
 * @throws StripeError for any other
 */
export function voidInvoice(ctx: Context, id: string): Invoice {
  const invoice = ctx.get('invoice', id);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalidRequest(
      `You can only pass in open or uncollectible invoices. This invoice isn't open or uncollectible: its status is ${invoice.status}.`,
    );
  }
  cancelPayment(ctx, invoice);
  const used = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance);
  if (used !== 0 && invoice.customer) {
    moveBalance(ctx, invoice.customer, used, { type: 'unapplied_from_invoice', invoice: id });
  }
  returnCredits(ctx, invoice);
  const voided = ctx.update('invoice', id, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: ctx.now },
  });
  ctx.emit('invoice.voided', voided);
  scheduleInvoice(ctx, voided);
  dropPendingUpdate(ctx, voided);
  return voided;
}

function dropPendingUpdate(ctx: Context, invoice: Invoice): void {
  const id = invoice.parent?.subscription_details?.subscription;
  const subscription = id ? ctx.find('subscription', id) : undefined;
  if (!subscription?.pending_update || subscription.latest_invoice !== invoice.id) return;
  changeSubscription(ctx, subscription.id, { pending_update: null });
}

/** Gives up on an open invoice. @throws StripeError for any other */
export function markUncollectible(
  ctx: Context,
  id: string,
  reason:
    | 'max_payment_attempts'
    | 'subscription_canceled'
    | 'subscription_paused'
    | 'user_forgiven',
): Invoice {
  const invoice = ctx.get('invoice', id);
  if (invoice.status !== 'open') {
    throw invalidRequest(
      `You can only mark an open invoice as uncollectible. This invoice isn't open: its status is ${invoice.status}.`,
    );
  }
  const given = ctx.update('invoice', id, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_details: { uncollectible: { reason } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: ctx.now },
  });
  ctx.emit('invoice.marked_uncollectible', given);
  scheduleInvoice(ctx, given);
  return given;
}

/** Stops everything that would go on by itself with an invoice of an ended subscription. */
export function stopAdvancing(ctx: Context, invoice: Invoice): Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'draft') return invoice;
  const stopped = ctx.update(
    'invoice',
    invoice.id,
    { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null },
    'invoice.updated',
  );
  scheduleInvoice(ctx, stopped);
  return stopped;
}

/** Nothing is to be collected for an invoice any more: its open payment is canceled. */
export function cancelPayment(ctx: Context, invoice: Invoice): void {
  const payment = openPayment(ctx, invoice);
  const intent = payment?.payment.payment_intent;
  if (!payment || !intent) return;
  ctx.update('invoice_payment', payment.id, {
    status: 'canceled',
    status_transitions: { canceled_at: ctx.now, paid_at: null },
  });
  const canceled = ctx.update('payment_intent', intent, {
    canceled_at: ctx.now,
    cancellation_reason: 'void_invoice',
    next_action: null,
    status: 'canceled',
  });
  ctx.emit('payment_intent.canceled', canceled);
}
