import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { createInvoice } from './invoicing';
import { periodEnds } from './items';
import type { Customer, Invoice, Subscription } from './objects';
import { createInvoiceItem, type InvoiceItemSeed, pendingItems } from './pending-items';
import { createSubscription } from './subscription-create';
import { cancelSubscription } from './subscription-end';
import type { SubscriptionInput } from './subscription-input';
import { renewSubscription } from './subscription-renew';
import { updateSubscription } from './subscription-update';
import type { SubscriptionUpdateInput } from './subscription-update-input';

/** What an invoice preview is asked about. */
export interface PreviewRequest {
  customer: Customer;
  subscription?: string;
  /** Changes to the subscription, or without one the subscription to begin. */
  change?: SubscriptionUpdateInput & Pick<SubscriptionInput, 'billing_mode'>;
  cancelNow?: boolean;
  /** `recurring`: the next whole period only, without what is pending or prorated. */
  mode?: 'next' | 'recurring';
  /** Invoice items that would be there too; asked for when whatever it makes is taken back. */
  items?: () => Omit<InvoiceItemSeed, 'customer'>[];
}

/**
 * The invoice that would come next. The change is really made, its invoice taken down, and everything
 * taken back: so a preview says to the cent what the same change then bills.
 *
 * @throws StripeError as the change itself would be refused; `invoice_upcoming_none` when no invoice
 *   would come
 */
export function previewInvoice(ctx: Context, request: PreviewRequest): Invoice {
  const invoice = ctx.core.rehearse(() => rehearsedInvoice(ctx, request));
  if (!invoice) {
    throw invalidRequest(
      `No upcoming invoices for customer: ${request.customer.id}`,
      undefined,
      'invoice_upcoming_none',
    );
  }
  return asPreview(invoice);
}

function rehearsedInvoice(ctx: Context, request: PreviewRequest): Invoice | undefined {
  const { customer } = request;
  for (const item of request.items?.() ?? []) createInvoiceItem(ctx, { ...item, customer });
  if (!request.subscription) return withoutSubscription(ctx, request);
  const former = ctx.get('subscription', request.subscription, 'subscription');
  if (request.cancelNow) {
    cancelSubscription(ctx, former.id, { prorate: true, invoiceNow: true });
    return newInvoiceOf(ctx, former);
  }
  const changed = request.change
    ? updateSubscription(ctx, former.id, {
        ...request.change,
        payment_behavior: 'default_incomplete',
      })
    : former;
  const immediate = newInvoiceOf(ctx, former);
  if (immediate && request.mode !== 'recurring') return immediate;
  return renewal(ctx, changed, request);
}

function withoutSubscription(ctx: Context, request: PreviewRequest): Invoice | undefined {
  const { customer, change } = request;
  if (change?.items) {
    const input = { ...change, payment_behavior: 'default_incomplete' as const };
    const { pause_collection: _pause, billing_cycle_anchor: _anchor, ...plain } = input;
    const { latest_invoice } = createSubscription(ctx, customer, {
      ...plain,
      default_payment_method: change.default_payment_method ?? undefined,
    });
    return latest_invoice ? ctx.find('invoice', latest_invoice) : undefined;
  }
  const upcoming = [...ctx.by('subscription', 'customer', customer.id)]
    .filter((subscription) => renews(subscription))
    .sort((a, b) => periodEnds(a).first - periodEnds(b).first)[0];
  if (upcoming) return renewal(ctx, upcoming, request);
  const currency = customer.currency ?? 'usd';
  if (pendingItems(ctx, customer.id, currency, undefined).length === 0) return undefined;
  return createInvoice(ctx, {
    customer,
    reason: 'upcoming',
    currency,
    lines: [],
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: false,
    discounts: [],
  });
}

/** The invoice at the end of the running period, if the subscription lives to see it. */
function renewal(
  ctx: Context,
  subscription: Subscription,
  request: PreviewRequest,
): Invoice | undefined {
  if (!renews(subscription)) return undefined;
  const end = periodEnds(subscription).first;
  const isOver = subscription.cancel_at !== null && subscription.cancel_at <= end;
  const { customer, currency, id } = subscription;
  const pending = pendingItems(ctx, customer, currency, id);
  if (isOver) return pending.length > 0 ? pendingInvoice(ctx, subscription) : undefined;
  if (request.mode === 'recurring') {
    for (const item of pending) ctx.world.invoiceitem.delete(item.id);
  }
  const then = ctx.at(end);
  const isPaused = subscription.pause_collection !== null;
  if (isPaused) then.update('subscription', id, { pause_collection: null });
  renewSubscription(then, then.get('subscription', id));
  return newInvoiceOf(then, subscription);
}

/** What is pending when the subscription ends is all there is to come. */
function pendingInvoice(ctx: Context, subscription: Subscription): Invoice {
  return createInvoice(ctx, {
    customer: ctx.get('customer', subscription.customer),
    subscription,
    reason: 'upcoming',
    currency: subscription.currency,
    lines: [],
    takesPendingItems: true,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: false,
    discounts: subscription.discounts,
  });
}

/** The invoice that is there now and was not there before. */
function newInvoiceOf(ctx: Context, former: Subscription): Invoice | undefined {
  const latest = ctx.get('subscription', former.id).latest_invoice;
  return latest && latest !== former.latest_invoice ? ctx.find('invoice', latest) : undefined;
}

function renews(subscription: Subscription): boolean {
  return ['active', 'trialing', 'past_due', 'unpaid'].includes(subscription.status);
}

/** An invoice as it is shown before it exists. */
function asPreview(invoice: Invoice): Invoice {
  const id = newId('upcoming_in');
  return {
    ...invoice,
    id,
    amount_paid: 0,
    amount_remaining: invoice.amount_due,
    attempted: false,
    auto_advance: undefined,
    automatically_finalizes_at: null,
    billing_reason: 'upcoming',
    effective_at: null,
    ending_balance: Math.min(invoice.starting_balance + invoice.total, 0),
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: {
      ...invoice.lines,
      data: invoice.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/upcoming/lines`,
    },
    next_payment_attempt: invoice.created + 3600,
    number: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}
