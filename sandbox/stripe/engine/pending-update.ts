import type { Context } from '../core/context';
import { voidInvoice } from './invoice-states';
import type { Invoice, Subscription } from './objects';
import { changeSubscription } from './subscription-changes';

/** Makes the change that waited for this invoice to be paid. */
export function applyPendingUpdate(
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
): Subscription {
  const waiting = subscription.pending_update;
  if (!waiting || subscription.latest_invoice !== invoice.id) return subscription;
  const items = waiting.subscription_items;
  const applied = changeSubscription(ctx, subscription.id, {
    ...(items ? { items: { ...subscription.items, data: items } } : {}),
    ...(waiting.billing_cycle_anchor === null
      ? {}
      : { billing_cycle_anchor: waiting.billing_cycle_anchor }),
    ...(waiting.trial_end === null ? {} : { trial_end: waiting.trial_end, status: 'active' }),
    ...(waiting.metadata ? { metadata: waiting.metadata } : {}),
    pending_update: null,
  });
  ctx.emit('customer.subscription.pending_update_applied', applied);
  return applied;
}

/** Nobody paid for the change in time: it is dropped, and its invoice is void. */
export function expirePendingUpdate(ctx: Context, subscription: Subscription): void {
  const invoice = subscription.latest_invoice && ctx.find('invoice', subscription.latest_invoice);
  if (invoice && invoice.status === 'open') voidInvoice(ctx, invoice.id);
  const kept = changeSubscription(ctx, subscription.id, { pending_update: null });
  ctx.emit('customer.subscription.pending_update_expired', kept);
}
