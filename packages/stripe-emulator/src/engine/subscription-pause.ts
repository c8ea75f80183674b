import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { billPending } from './bill-pending';
import type { Subscription } from './objects';
import { createInvoiceItem, pendingItems } from './pending-items';
import { changeSilently } from './subscription-changes';
import { creditsFor } from './subscription-prorations';
import { usageSeeds } from './usage-lines';

/** How a subscription is paused. */
export interface PauseInput {
  bill_for?: {
    outstanding_usage_through?: { type: 'none' | 'now' };
    unused_time_from?: { type: 'item_current_period_start' | 'none' | 'now' };
  };
  invoicing_behavior?: 'invoice' | 'pending_invoice_item';
}

/**
 * Pauses a subscription: nothing is billed and nothing is granted until it is resumed. Unused time is
 * given back, and usage billed, as asked: by default from and until now, as pending items.
 *
 * @throws StripeError unless it is flexible, running, and has no schedule
 */
export function pauseSubscription(ctx: Context, id: string, input: PauseInput = {}): Subscription {
  const subscription = ctx.get('subscription', id);
  refuseUnpausable(subscription);
  const customer = ctx.get('customer', subscription.customer);
  const from = input.bill_for?.unused_time_from?.type ?? 'now';
  if (from !== 'none' && subscription.status !== 'trialing') {
    for (const item of subscription.items.data) {
      const at = from === 'now' ? ctx.now : item.current_period_start;
      for (const seed of creditsFor(ctx, subscription, [item], at)) {
        createInvoiceItem(ctx, { ...seed, customer });
      }
    }
  }
  const usage = input.bill_for?.outstanding_usage_through?.type ?? 'now';
  if (usage === 'now' && subscription.status !== 'trialing') {
    for (const seed of usageSeeds(ctx, customer.id, subscription.items.data)) {
      createInvoiceItem(ctx, { ...seed, customer });
    }
  }
  const isBilled =
    input.invoicing_behavior === 'invoice' &&
    pendingItems(ctx, customer.id, subscription.currency, id).length > 0;
  const invoice = isBilled ? billPending(ctx, subscription).id : undefined;
  const paused = changeSilently(ctx, id, {
    status: 'paused',
    ...(invoice ? { latest_invoice: invoice } : {}),
    status_details: {
      paused: {
        subscription: { type: 'pause_requested' },
        transitioned_at: ctx.now,
        type: 'subscription',
      },
    },
  });
  ctx.emit('customer.subscription.paused', paused);
  return paused;
}

function refuseUnpausable(subscription: Subscription): void {
  if (subscription.billing_mode.type !== 'flexible') {
    throw invalidRequest(
      'You can only pause subscriptions with `billing_mode[type]` set to `flexible`.',
    );
  }
  if (subscription.schedule) {
    throw invalidRequest(
      'You cannot pause a subscription that is managed by a subscription schedule.',
    );
  }
  if (subscription.status !== 'active' && subscription.status !== 'trialing') {
    throw invalidRequest(
      `You can only pause active or trialing subscriptions. This subscription's status is ${subscription.status}.`,
    );
  }
}
