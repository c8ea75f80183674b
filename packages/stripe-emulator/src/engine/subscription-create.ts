import type { Context } from '../core/context';
import { newId } from '../core/ids';
import {
  type Collected,
  collectInvoice,
  hasPaymentMethod,
  noPaymentMethod,
  paymentError,
} from './collection';
import { queueExtraItems } from './extra-items';
import { finalizeInvoice } from './invoice-finalize';
import { createInvoice } from './invoicing';
import type { Customer, Invoice, Subscription } from './objects';
import { pendingSetup } from './pending-setup';
import { dropSpentDiscounts } from './spent-discounts';
import { changeSubscription, insertSubscription } from './subscription-changes';
import { draftSubscription } from './subscription-draft';
import type { SubscriptionInput } from './subscription-input';
import { firstLines } from './subscription-lines';
import { settle } from './subscription-settle';

/** What only Checkout or a schedule knows of a new subscription. */
export interface CreateOptions {
  /** The Checkout session that it completes. */
  session?: string;
  /** Discounts that Checkout has already redeemed. */
  discounts?: string[];
  /** The customer is there and authenticates payments. */
  authenticated?: boolean;
  /** A failed first payment is an error, as its page shows it; the attempt leaves no trace. */
  failsOnDecline?: boolean;
  /** A schedule begins it: it runs at once, and its first invoice is a draft for an hour. */
  isScheduled?: boolean;
}

/**
 * Starts a subscription for a customer, whose clock `ctx` must be on: makes the subscription, its
 * first invoice, and tries to collect it as `payment_behavior` says.
 *
 * @throws StripeError 400 for what makes no sense, 402 when `error_if_incomplete` and not paid
 */
export function createSubscription(
  ctx: Context,
  customer: Customer,
  input: SubscriptionInput,
  options: CreateOptions = {},
): Subscription {
  const draft = draftSubscription(ctx, customer, input, options);
  const subscription = insertSubscription(ctx, { ...draft, latest_invoice: newId('in') });
  lockCurrency(ctx, customer, subscription.currency);
  queueExtraItems(ctx, customer, subscription, input.add_invoice_items ?? []);
  const prorates = input.proration_behavior !== 'none';
  const draftInvoice = firstInvoice(ctx, customer, subscription, prorates);
  if (subscription.collection_method === 'send_invoice' || options.isScheduled) {
    return begin(ctx, subscription, draftInvoice, null);
  }
  const invoice = finalizeInvoice(ctx, draftInvoice.id);
  if (invoice.status === 'paid') {
    const setup = options.session ? null : pendingSetup(ctx, customer, subscription);
    return begin(ctx, subscription, invoice, setup);
  }
  if (input.payment_behavior === 'default_incomplete') return subscription;
  if (!hasPaymentMethod(customer, subscription)) throw noPaymentMethod();
  const mustPay = options.failsOnDecline || input.payment_behavior === 'error_if_incomplete';
  const { authenticated } = options;
  const collected = collectInvoice(ctx, invoice.id, {
    authenticated,
    offSession: input.off_session,
  });
  if (mustPay) refuseUnpaid(ctx, collected);
  return settle(ctx, collected) ?? ctx.get('subscription', subscription.id);
}

function refuseUnpaid(ctx: Context, collected: Collected): void {
  if (collected.result.kind !== 'paid') throw paymentError(ctx, collected, false);
}

function firstInvoice(
  ctx: Context,
  customer: Customer,
  subscription: Subscription,
  prorates: boolean,
): Invoice {
  return createInvoice(ctx, {
    id: subscription.latest_invoice ?? undefined,
    customer,
    subscription,
    reason: 'subscription_create',
    currency: subscription.currency,
    lines: firstLines(ctx, subscription, prorates, subscription.start_date),
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: true,
    discounts: subscription.discounts,
  });
}

function lockCurrency(ctx: Context, customer: Customer, currency: string): void {
  if (customer.currency !== currency) {
    ctx.update('customer', customer.id, { currency }, 'customer.updated');
  }
}

/** Nothing has to be paid now: the subscription runs. */
function begin(
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
  setup: string | null,
): Subscription {
  return changeSubscription(ctx, subscription.id, {
    discounts: dropSpentDiscounts(ctx, subscription, invoice),
    pending_setup_intent: setup,
    status: subscription.status === 'incomplete' ? 'active' : subscription.status,
  });
}
