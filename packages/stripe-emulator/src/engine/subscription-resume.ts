import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { collectInvoice } from './collection';
import { finalizeInvoice } from './invoice-finalize';
import { createInvoice } from './invoicing';
import { pricePeriod } from './items';
import type { Invoice, Subscription } from './objects';
import { changeSilently } from './subscription-changes';
import { firstLines } from './subscription-lines';
import { settle } from './subscription-settle';

/** How a paused subscription is resumed. */
export interface ResumeInput {
  billing_cycle_anchor?: { type: 'now' | 'unchanged' };
  payment_behavior?: 'resume_on_payment_attempt' | 'resume_on_payment_success';
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
}

/**
 * Resumes a paused subscription: by default a new billing period starts now. With the anchor unchanged it
 * goes on in the period that runs, prorated.
 *
 * @throws StripeError unless it is paused
 */
export function resumeSubscription(
  ctx: Context,
  id: string,
  input: ResumeInput = {},
): Subscription {
  const subscription = ctx.get('subscription', id);
  if (subscription.status !== 'paused') {
    throw invalidRequest(
      `You can only resume a subscription that is paused. This subscription's status is ${subscription.status}.`,
    );
  }
  ctx.schedule('subscription.resume', id, null);
  const resumed = resumedAt(ctx, subscription, input);
  const invoice = resumeInvoice(ctx, resumed, input.proration_behavior !== 'none');
  const mustPay = input.payment_behavior === 'resume_on_payment_success';
  const isOpen = invoice.status === 'open' && invoice.collection_method === 'charge_automatically';
  const collected = isOpen ? collectInvoice(ctx, invoice.id, { offSession: true }) : undefined;
  const isHeld = mustPay && collected !== undefined && collected.result.kind !== 'paid';
  const { status_details: _paused, ...fields } = resumed;
  const present = changeSilently(ctx, id, {
    ...fields,
    latest_invoice: invoice.id,
    status: isHeld ? 'paused' : 'active',
    status_details: isHeld ? resumed.status_details : undefined,
  });
  if (isHeld) return present;
  ctx.emit('customer.subscription.resumed', present);
  return (collected && settle(ctx, collected)) ?? present;
}

/** The time for which a subscription was paused is over. */
export function resumeDue(ctx: Context, id: string): void {
  if (ctx.find('subscription', id)?.status === 'paused') resumeSubscription(ctx, id);
}

/** The subscription as it runs from now on. */
function resumedAt(ctx: Context, subscription: Subscription, input: ResumeInput): Subscription {
  const keeps = input.billing_cycle_anchor?.type === 'unchanged';
  const anchor = keeps ? subscription.billing_cycle_anchor : ctx.now;
  const data = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: ctx.now,
    current_period_end: pricePeriod(item.price, anchor, ctx.now).end,
  }));
  return {
    ...subscription,
    billing_cycle_anchor: anchor,
    items: { ...subscription.items, data },
    status: 'active',
  };
}

function resumeInvoice(ctx: Context, subscription: Subscription, prorates: boolean): Invoice {
  const draft = createInvoice(ctx, {
    customer: ctx.get('customer', subscription.customer),
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    lines: firstLines(ctx, subscription, prorates),
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: true,
    discounts: subscription.discounts,
  });
  return subscription.collection_method === 'send_invoice' ? draft : finalizeInvoice(ctx, draft.id);
}
