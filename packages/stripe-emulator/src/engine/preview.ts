import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { createInvoice } from './invoicing';
import { isMetered, periodEnds } from './items';
import type { Customer, Invoice, Subscription, SubscriptionSchedule } from './objects';
import { createInvoiceItem, type InvoiceItemSeed, pendingItems } from './pending-items';
import { asPreview } from './preview-object';
import { createSchedule, updateSchedule } from './schedule';
import { runSchedule, startSchedule } from './schedule-run';
import { createSubscription } from './subscription-create';
import { cancelSubscription } from './subscription-end';
import type { SubscriptionInput } from './subscription-input';
import { type PauseInput, pauseSubscription } from './subscription-pause';
import { renewSubscription } from './subscription-renew';
import { resumeSubscription } from './subscription-resume';
import { updateSubscription } from './subscription-update';
import type { SubscriptionUpdateInput } from './subscription-update-input';

/** What an invoice preview is asked about. */
export interface PreviewRequest {
  customer: Customer;
  /** The customer is only described, and not kept. */
  isStranger?: boolean;
  /** What is to be other of the customer than it is. */
  described?: Partial<Customer>;
  /** Whether what bills no subscription is taxed automatically. */
  automaticTax?: boolean;
  subscription?: string;
  /** A schedule that is there, changes to it, or without its id the schedule to begin. */
  schedule?: { id?: string; change?: Parameters<typeof createSchedule>[2] };
  /** Changes to the subscription, or without one the subscription to begin. */
  change?: SubscriptionUpdateInput & Pick<SubscriptionInput, 'billing_mode'>;
  cancelNow?: boolean;
  pause?: PauseInput;
  resumeNow?: boolean;
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
  const invoice = upcomingInvoice(ctx, request);
  if (!invoice) {
    throw invalidRequest(
      `No upcoming invoices for customer: ${request.customer.id}`,
      undefined,
      'invoice_upcoming_none',
    );
  }
  return request.isStranger ? { ...invoice, customer: null } : invoice;
}

/** The invoice that would come next; undefined when none would. */
export function upcomingInvoice(ctx: Context, request: PreviewRequest): Invoice | undefined {
  const invoice = ctx.core.rehearse(() => rehearsedInvoice(ctx, request));
  return invoice && asPreview(invoice);
}

function rehearsedInvoice(ctx: Context, request: PreviewRequest): Invoice | undefined {
  const { customer } = request;
  if (request.isStranger) ctx.insert('customer', customer);
  if (request.described) ctx.update('customer', customer.id, request.described);
  for (const item of request.items?.() ?? []) createInvoiceItem(ctx, { ...item, customer });
  const former = request.subscription
    ? ctx.get('subscription', request.subscription, 'subscription')
    : undefined;
  const schedule = request.schedule && changedSchedule(ctx, request);
  if (schedule && !former) return firstOfSchedule(ctx, schedule);
  if (!former) return withoutSubscription(ctx, request);
  makeChange(ctx, former, request);
  const immediate = newInvoiceOf(ctx, former);
  if (request.cancelNow || (immediate && request.mode !== 'recurring')) return immediate;
  return renewal(ctx, ctx.get('subscription', former.id), request);
}

function makeChange(ctx: Context, { id }: Subscription, request: PreviewRequest): void {
  const { cancelNow, change, pause, resumeNow } = request;
  if (cancelNow) {
    const prorate = change?.proration_behavior !== 'none';
    cancelSubscription(ctx, id, { prorate, invoiceNow: true });
    return;
  }
  if (pause) pauseSubscription(ctx, id, pause);
  if (resumeNow) resumeSubscription(ctx, id);
  if (change) updateSubscription(ctx, id, { ...change, payment_behavior: 'default_incomplete' });
}

function changedSchedule(ctx: Context, { customer, schedule }: PreviewRequest) {
  const { change, id } = schedule ?? {};
  if (id === undefined) return createSchedule(ctx, customer, change ?? {});
  return change ? updateSchedule(ctx, id, change) : ctx.get('subscription_schedule', id);
}

/** What is billed when the first phase begins. */
function firstOfSchedule(ctx: Context, schedule: SubscriptionSchedule): Invoice | undefined {
  const start = Math.max(schedule.phases[0]?.start_date ?? ctx.now, ctx.now);
  startSchedule(ctx.at(start), schedule.id);
  const { subscription } = ctx.get('subscription_schedule', schedule.id);
  const latest = subscription && ctx.get('subscription', subscription).latest_invoice;
  return latest ? ctx.find('invoice', latest) : undefined;
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
    automaticTax: request.automaticTax,
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
  if (isOver && subscription.items.data.some((item) => isMetered(item.price))) {
    const at = ctx.at(Math.max(subscription.cancel_at ?? end, ctx.now));
    cancelSubscription(at, id, { isDue: true });
    return newInvoiceOf(at, subscription);
  }
  if (isOver) return pending.length > 0 ? pendingInvoice(ctx, subscription) : undefined;
  if (request.mode === 'recurring') {
    for (const item of pending) ctx.world.invoiceitem.delete(item.id);
  }
  const then = ctx.at(end);
  const isPaused = subscription.pause_collection !== null;
  if (isPaused) then.update('subscription', id, { pause_collection: null });
  runSchedule(then, id);
  const present = then.get('subscription', id);
  if (renews(present)) renewSubscription(then, present);
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
