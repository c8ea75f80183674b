import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { resolveCancelAt } from './cancel-time';
import { voidInvoice } from './invoice-states';
import type { Invoice, Subscription } from './objects';
import { changeSubscription } from './subscription-changes';
import type { SubscriptionUpdateInput } from './subscription-update-input';

/** What can wait for its payment; anything else has to be changed by a request of its own. */
const PENDABLE: ReadonlySet<string> = new Set([
  'add_invoice_items',
  'billing_cycle_anchor',
  'cancel_at_period_end',
  'discounts',
  'items',
  'metadata',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'trial_end',
  'trial_from_plan',
]);

/** @throws StripeError when a change is to wait for its payment that cannot */
export function refuseUnpendable(input: SubscriptionUpdateInput): void {
  if (input.payment_behavior !== 'pending_if_incomplete') return;
  const other = Object.keys(input).find((name) => !PENDABLE.has(name));
  if (other === undefined) return;
  throw invalidRequest(
    `When \`payment_behavior\` is \`pending_if_incomplete\`, \`${other}\` cannot be changed in the same request.`,
    other,
  );
}

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
    ...(waiting.trial_end === null
      ? {}
      : {
          trial_end: waiting.trial_end,
          status: waiting.trial_end > ctx.now ? 'trialing' : 'active',
        }),
    ...(waiting.discounts ? { discounts: waiting.discounts } : {}),
    ...(waiting.cancel_at_period_end === null
      ? {}
      : resolveCancelAt(ctx, subscription, {
          cancel_at_period_end: waiting.cancel_at_period_end,
        })),
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
