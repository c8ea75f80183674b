import type { Context } from '../core/context';
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
import { dropSpentDiscounts } from './spent-discounts';
import { changeSilently, changeSubscription, insertSubscription } from './subscription-changes';
import { draftSubscription } from './subscription-draft';
import type { SubscriptionInput } from './subscription-input';
import { firstLines } from './subscription-lines';
import { settle } from './subscription-settle';

/** What only Checkout knows of a new subscription. */
export interface CreateOptions {
  /** Discounts that Checkout has already redeemed. */
  discounts?: string[];
  /** The customer is there and authenticates payments. */
  authenticated?: boolean;
  /** A failed first payment is an error, as its page shows it; the attempt leaves no trace. */
  failsOnDecline?: boolean;
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
  const subscription = draftSubscription(ctx, customer, input, options.discounts);
  const isAutomatic = subscription.collection_method === 'charge_automatically';
  const created = insertSubscription(ctx, subscription);
  lockCurrency(ctx, customer, subscription.currency);
  queueExtraItems(ctx, customer, subscription, input.add_invoice_items ?? []);
  const invoice = firstInvoice(ctx, customer, created, input.proration_behavior !== 'none');
  if (invoice.status === 'draft') return attach(ctx, created, invoice);
  if (!isAutomatic || invoice.status === 'paid') return begin(ctx, created, invoice);
  if (input.payment_behavior === 'default_incomplete') return attach(ctx, created, invoice);
  const mustPay = options.failsOnDecline || input.payment_behavior === 'error_if_incomplete';
  if (!hasPaymentMethod(customer, created)) throw noPaymentMethod();
  attach(ctx, created, invoice);
  const collected = collectInvoice(ctx, invoice.id, options);
  if (mustPay) refuseUnpaid(ctx, collected);
  return settle(ctx, collected) ?? ctx.get('subscription', created.id);
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
  const draft = createInvoice(ctx, {
    customer,
    subscription,
    reason: 'subscription_create',
    currency: subscription.currency,
    lines: firstLines(ctx, subscription, prorates),
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: subscription.collection_method === 'charge_automatically',
    discounts: subscription.discounts,
  });
  if (subscription.collection_method === 'send_invoice') return draft;
  return finalizeInvoice(ctx, draft.id);
}

function lockCurrency(ctx: Context, customer: Customer, currency: string): void {
  if (customer.currency !== currency) {
    ctx.update('customer', customer.id, { currency }, 'customer.updated');
  }
}

/** The first invoice is known but not paid: the subscription waits. */
function attach(ctx: Context, subscription: Subscription, invoice: Invoice): Subscription {
  return changeSilently(ctx, subscription.id, { latest_invoice: invoice.id });
}

/** Nothing has to be paid now: the subscription runs. */
function begin(ctx: Context, subscription: Subscription, invoice: Invoice): Subscription {
  return changeSubscription(ctx, subscription.id, {
    latest_invoice: invoice.id,
    discounts: dropSpentDiscounts(ctx, subscription, invoice),
    status: subscription.status === 'incomplete' ? 'active' : subscription.status,
  });
}
