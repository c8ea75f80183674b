import type { Context } from '../core/context';
import { type Collected, collectInvoice, paymentError } from './collection';
import { finalizeInvoice } from './invoice-finalize';
import { createInvoice } from './invoicing';
import type { Customer, Invoice, Subscription } from './objects';
import { pendingItems } from './pending-items';
import { changeSubscription } from './subscription-changes';
import type { ItemsPlan } from './subscription-item-plan';
import { periodLines } from './subscription-lines';
import { settle } from './subscription-settle';
import type { SubscriptionUpdateInput } from './subscription-update-input';

/** A change that is worked out, with its prorations pending. */
export interface Change {
  former: Subscription;
  customer: Customer;
  /** The fields it sets. */
  changes: Partial<Subscription>;
  plan: ItemsPlan;
  input: SubscriptionUpdateInput;
  at: number;
}

/** What a change waits for a payment at most, as a pending update. */
const PENDING_SECONDS = 23 * 3600;

/** Stores a change, bills it now if it has to be, and draws the consequences of the payment. */
export function settleChange(ctx: Context, change: Change): Subscription {
  const invoice = isBilledNow(ctx, change) ? changeInvoice(ctx, change) : undefined;
  if (!invoice) return changeSubscription(ctx, change.former.id, change.changes);
  const latest = { latest_invoice: invoice.id };
  const behavior = change.input.payment_behavior ?? 'allow_incomplete';
  const isDue = invoice.status === 'open' && invoice.collection_method === 'charge_automatically';
  if (!isDue) return changeSubscription(ctx, change.former.id, { ...change.changes, ...latest });
  if (behavior === 'pending_if_incomplete') return changeIfPaid(ctx, change, invoice);
  changeSubscription(ctx, change.former.id, { ...change.changes, ...latest });
  if (behavior === 'default_incomplete') return ctx.get('subscription', change.former.id);
  const collected = collectInvoice(ctx, invoice.id, { offSession: change.input.off_session });
  if (behavior === 'error_if_incomplete') refuseUnpaid(ctx, collected);
  return settle(ctx, collected) ?? ctx.get('subscription', change.former.id);
}

/** The invoice of a change: what is pending and, when new periods start, those too. */
function changeInvoice(ctx: Context, change: Change): Invoice {
  const present = { ...change.former, ...change.changes };
  const draft = createInvoice(ctx, {
    customer: change.customer,
    subscription: present,
    reason: 'subscription_update',
    currency: present.currency,
    lines: change.plan.startsPeriod ? periodLines(ctx, present, present.items.data) : [],
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: true,
    discounts: present.discounts,
    prorationDate: change.plan.prorates ? change.at : undefined,
  });
  return present.collection_method === 'send_invoice' ? draft : finalizeInvoice(ctx, draft.id);
}

function isBilledNow(ctx: Context, { former, plan, input }: Change): boolean {
  if (former.status === 'incomplete' || former.status === 'paused') return false;
  if (plan.startsPeriod) return true;
  const isWanted = input.proration_behavior === 'always_invoice' || plan.billsNow;
  const isTouched = plan.left.length > 0 || plan.joined.length > 0 || input.add_invoice_items;
  if (!isWanted || !isTouched) return false;
  return pendingItems(ctx, former.customer, former.currency, former.id).length > 0;
}

/** Applies a change once it is paid; until then it is the subscription's pending update. */
function changeIfPaid(ctx: Context, change: Change, invoice: Invoice): Subscription {
  const { former, changes } = change;
  changeSubscription(ctx, former.id, { latest_invoice: invoice.id });
  const collected = collectInvoice(ctx, invoice.id, { offSession: change.input.off_session });
  if (collected.result.kind === 'paid') {
    changeSubscription(ctx, former.id, changes);
    return settle(ctx, collected) ?? ctx.get('subscription', former.id);
  }
  return changeSubscription(ctx, former.id, {
    pending_update: {
      billing_cycle_anchor: changes.billing_cycle_anchor ?? null,
      cancel_at_period_end: changes.cancel_at_period_end ?? null,
      discount: null,
      discounts: changes.discounts ?? null,
      expires_at: ctx.now + PENDING_SECONDS,
      metadata: changes.metadata ?? null,
      subscription_items: changes.items?.data ?? null,
      trial_end: changes.trial_end ?? null,
      trial_from_plan: null,
    },
  });
}

function refuseUnpaid(ctx: Context, collected: Collected): void {
  if (collected.result.kind !== 'paid') throw paymentError(ctx, collected, false);
}
