import type { Context } from '../core/context';
import { collectInvoice, subscriptionOf } from './collection';
import { finalizeInvoice } from './invoice-finalize';
import type { Invoice } from './objects';
import { changeSubscription } from './subscription-changes';
import { settle, settlePaid } from './subscription-settle';

/** A draft's hour is over: it is finalized, then charged or sent. */
export function invoiceFinalizeDue(ctx: Context, id: string): void {
  const draft = ctx.find('invoice', id);
  if (draft?.status === 'draft' && draft.auto_advance) advanceInvoice(ctx, id);
}

/** The time of the next attempt to collect has come. */
export function invoiceRetryDue(ctx: Context, id: string): void {
  const invoice = ctx.find('invoice', id);
  if (invoice?.status === 'open') settle(ctx, collectInvoice(ctx, id, { offSession: true }));
}

/** An invoice that was sent has not been paid in time. */
export function invoiceOverdue(ctx: Context, id: string): void {
  const invoice = ctx.find('invoice', id);
  if (invoice?.status !== 'open') return;
  ctx.emit('invoice.overdue', invoice);
  const subscription = subscriptionOf(ctx, invoice);
  if (subscription?.status === 'active') {
    changeSubscription(ctx, subscription.id, { status: 'past_due' });
  }
}

/** Finalizes a draft and does the next thing at once: charges it or sends it. */
export function advanceInvoice(ctx: Context, id: string): Invoice {
  const open = finalizeInvoice(ctx, id);
  if (open.status === 'open' && open.collection_method === 'send_invoice') {
    ctx.emit('invoice.sent', open);
    return open;
  }
  if (open.status === 'open') {
    const collected = collectInvoice(ctx, id, { offSession: true });
    settle(ctx, collected);
    return ctx.get('invoice', id);
  }
  const subscription = subscriptionOf(ctx, open);
  if (open.status === 'paid' && subscription) settlePaid(ctx, subscription, open);
  return ctx.get('invoice', id);
}
