import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { appliedCoupon } from './discounts';
import { newInvoice } from './invoice-object';
import { totalsOf } from './invoice-totals';
import { automaticTaxStatus, taxTerms } from './line-taxes';
import type { Customer, Invoice, InvoiceItem, InvoiceLine, Subscription, TaxRate } from './objects';
import { lineOf, pendingItems } from './pending-items';

/** Automatic invoices stay drafts this long, so that they can still be changed. */
const DRAFT_SECONDS = 3600;

/** What a new invoice is about. */
export interface InvoiceRequest {
  /** Known beforehand where something has to name it first. */
  id?: string;
  customer: Customer;
  subscription?: Subscription;
  reason: Invoice['billing_reason'];
  currency: string;
  /** The invoice's own lines; pending items are put before them. */
  lines: InvoiceLine[];
  takesPendingItems: boolean;
  period: Period;
  /** Whether it goes on by itself; after an hour as a draft unless the caller finalizes it at once. */
  autoAdvance: boolean;
  discounts: string[];
  collectionMethod?: Invoice['collection_method'];
  daysUntilDue?: number | null;
  automaticTax?: boolean;
  /** By which lines without rates of their own are taxed; the subscription's when absent. */
  defaultTaxRates?: TaxRate[];
  defaultPaymentMethod?: string | null;
  description?: string | null;
  footer?: string | null;
  metadata?: Record<string, string>;
  onBehalfOf?: string | null;
  prorationDate?: number;
}

/** Makes a draft from lines and pending items; writes `invoice.created`. */
export function createInvoice(ctx: Context, request: InvoiceRequest): Invoice {
  const { subscription } = request;
  const onBehalfOf = request.onBehalfOf ?? subscription?.on_behalf_of ?? null;
  const items = request.takesPendingItems
    ? pendingItems(ctx, request.customer.id, request.currency, subscription?.id)
    : [];
  const draft = newInvoice({
    id: request.id ?? newId('in'),
    created: ctx.now,
    customer: request.customer,
    currency: request.currency,
    billing_reason: request.reason,
    livemode: ctx.livemode,
    period: request.period,
    parent: subscription ? subscriptionParent(subscription, request.prorationDate) : null,
    collection_method:
      request.collectionMethod ?? subscription?.collection_method ?? 'charge_automatically',
    auto_advance: request.autoAdvance,
    automatically_finalizes_at: request.autoAdvance ? ctx.now + DRAFT_SECONDS : null,
    default_payment_method: request.defaultPaymentMethod ?? null,
    days_until_due: request.daysUntilDue ?? subscription?.days_until_due ?? null,
    description: request.description ?? subscription?.invoice_settings.description ?? null,
    footer: request.footer ?? request.customer.invoice_settings.footer,
    metadata: request.metadata ?? {},
    on_behalf_of: onBehalfOf,
    account: accountOf(ctx, onBehalfOf),
  });
  const discounted: Invoice = {
    ...draft,
    automatic_tax: {
      ...draft.automatic_tax,
      enabled: request.automaticTax ?? subscription?.automatic_tax.enabled ?? false,
    },
    default_tax_rates: request.defaultTaxRates ?? subscription?.default_tax_rates ?? [],
    ...customerShown(ctx, request.customer),
    discounts: request.discounts,
  };
  const lines = [...items.map((item) => lineOf(ctx, item)), ...request.lines];
  const invoice = withTotals(ctx, discounted, lines);
  ctx.insert('invoice', invoice, 'invoice.created');
  for (const item of items) ctx.update('invoiceitem', item.id, { invoice: invoice.id });
  scheduleInvoice(ctx, invoice);
  return invoice;
}

/** An invoice with the amounts that follow from these lines. */
export function withTotals(ctx: Context, invoice: Invoice, lines: InvoiceLine[]): Invoice {
  const automatic_tax = automaticTaxStatus(ctx, invoice);
  const taxed = { ...invoice, automatic_tax };
  const couponOf = (id: string) => appliedCoupon(ctx, id);
  return { ...taxed, ...totalsOf(taxed, lines, couponOf, taxTerms(ctx, taxed)) };
}

/** Adds lines for more invoice items to a draft. */
export function addItemsToDraft(ctx: Context, invoice: Invoice, items: InvoiceItem[]): Invoice {
  const lines = [...invoice.lines.data, ...items.map((item) => lineOf(ctx, item))];
  return ctx.update('invoice', invoice.id, withTotals(ctx, invoice, lines), 'invoice.updated');
}

/** Puts what time will do to an invoice on the agenda, by what the invoice says now. */
export function scheduleInvoice(ctx: Context, invoice: Invoice): void {
  ctx.schedule('invoice.finalize', invoice.id, finalizeTime(invoice));
  ctx.schedule('invoice.retry', invoice.id, retryTime(invoice));
  ctx.schedule('invoice.overdue', invoice.id, overdueTime(ctx, invoice));
}

function finalizeTime(invoice: Invoice): number | null {
  const waits = invoice.status === 'draft' && invoice.auto_advance;
  return waits ? invoice.automatically_finalizes_at : null;
}

function retryTime(invoice: Invoice): number | null {
  return invoice.status === 'open' ? invoice.next_payment_attempt : null;
}

function overdueTime(ctx: Context, invoice: Invoice): number | null {
  if (invoice.status !== 'open' || invoice.collection_method !== 'send_invoice') return null;
  return invoice.due_date !== null && invoice.due_date > ctx.now ? invoice.due_date : null;
}

/** What an invoice shows of its customer; a draft follows the customer until it is finalized. */
export function customerShown(ctx: Context, customer: Customer) {
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: taxIdsOf(ctx, customer),
  };
}

function taxIdsOf(ctx: Context, customer: Customer): Invoice['customer_tax_ids'] {
  return [...ctx.by('tax_id', 'customer', customer.id)]
    .map(({ type, value }) => ({ type, value }))
    .reverse();
}

function subscriptionParent(
  subscription: Subscription,
  prorationDate: number | undefined,
): Invoice['parent'] {
  return {
    quote_details: null,
    subscription_details: {
      metadata: subscription.metadata,
      subscription: subscription.id,
      ...(prorationDate === undefined ? {} : { subscription_proration_date: prorationDate }),
    },
    type: 'subscription_details',
  };
}

/** Whose name is on an invoice: the account it is on behalf of, else the one that makes it. */
function accountOf(ctx: Context, onBehalfOf: string | null) {
  const account = ctx.account(onBehalfOf ?? undefined);
  return { country: account?.country ?? 'US', name: account?.business_profile?.name ?? null };
}
