import type { Context } from '../core/context';
import { finalizeInvoice } from './invoice-finalize';
import { createInvoice } from './invoicing';
import type { Invoice, Subscription } from './objects';

/** Makes an invoice of what waits for a subscription's next one, as it ends or pauses now. */
export function billPending(ctx: Context, subscription: Subscription): Invoice {
  const draft = createInvoice(ctx, {
    customer: ctx.get('customer', subscription.customer),
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    lines: [],
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: true,
    discounts: subscription.discounts,
  });
  return finalizeInvoice(ctx, draft.id);
}
