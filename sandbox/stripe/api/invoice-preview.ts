import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs, Output } from '../core/params';
import { route } from '../core/route';
import type { Stored } from '../core/tables';
import { createInlinePrice } from '../engine/inline-price';
import { priceAmount } from '../engine/money';
import type { InvoiceItemSeed } from '../engine/pending-items';
import { type PreviewRequest, previewInvoice } from '../engine/preview';
import { customerAccountOf } from './customer-account';
import { type previewDetails, type previewItem, previewParams } from './invoice-preview-params';

type Params = FieldOutputs<typeof previewParams>;

/** `POST /v1/invoices/create_preview`. */
export const invoicePreview = route(
  'POST /v1/invoices/create_preview',
  { right: 'invoice', params: previewParams },
  preview,
);

function preview(request: Context, given: Params): Stored<'invoice'> {
  const subscription = subscriptionOf(request, given);
  const customer = customerOf(request, given, subscription);
  const ctx = request.onClockOf(customer);
  if (subscription && subscription.customer !== customer.id) {
    throw invalidRequest(
      `The subscription ${subscription.id} does not belong to the customer ${customer.id}.`,
      'subscription',
    );
  }
  const ended =
    subscription?.status === 'canceled' || subscription?.status === 'incomplete_expired';
  if (ended) {
    throw invalidRequest(
      `No upcoming invoices for customer: ${customer.id}`,
      undefined,
      'invoice_upcoming_none',
    );
  }
  return previewInvoice(ctx, {
    customer,
    subscription: subscription?.id,
    change: changeOf(given),
    cancelNow: given.subscription_details?.cancel_now,
    mode: given.preview_mode,
    items: () =>
      (given.invoice_items ?? []).map((item, index) => extraItem(ctx, item, index, given)),
  });
}

function subscriptionOf(ctx: Context, given: Params): Stored<'subscription'> | undefined {
  if (given.subscription) return ctx.get('subscription', given.subscription, 'subscription');
  if (!given.schedule) return undefined;
  const schedule = ctx.get('subscription_schedule', given.schedule, 'schedule');
  return schedule.subscription ? ctx.find('subscription', schedule.subscription) : undefined;
}

function customerOf(
  ctx: Context,
  given: Params,
  subscription: Stored<'subscription'> | undefined,
): Stored<'customer'> {
  const named = customerAccountOf(ctx, given);
  if (named) return named;
  if (subscription) return ctx.get('customer', subscription.customer);
  throw invalidRequest(
    'You must provide one of `customer`, `customer_account`, `subscription`, or `schedule`.',
    undefined,
    'parameter_missing',
  );
}

/** What the preview would change, as an update of the subscription takes it. */
function changeOf(given: Params): PreviewRequest['change'] {
  const details = given.subscription_details;
  const change = {
    ...(given.discounts === undefined ? {} : { discounts: given.discounts }),
    ...(details ? updateOf(details) : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

function updateOf(details: Output<typeof previewDetails>) {
  const {
    billing_cycle_anchor: anchor,
    cancel_now: _now,
    default_tax_rates: _rates,
    resume_at: _resume,
    start_date: _start,
    ...update
  } = details;
  const kept = anchor?.type === 'now' || anchor?.type === 'unchanged' ? anchor.type : undefined;
  return { ...update, ...(kept ? { billing_cycle_anchor: { type: kept } } : {}) };
}

function extraItem(
  ctx: Context,
  item: Output<typeof previewItem>,
  index: number,
  given: Params,
): Omit<InvoiceItemSeed, 'customer'> {
  const path = `invoice_items[${index}]`;
  const price = item.price_data
    ? createInlinePrice(ctx, item.price_data, `${path}[price_data]`)
    : item.price
      ? ctx.get('price', item.price, `${path}[price]`)
      : null;
  const quantity = item.quantity ?? 1;
  const unit = item.unit_amount_decimal ?? String(item.unit_amount ?? item.amount ?? 0);
  const amount = price
    ? priceAmount(price, quantity)
    : (item.amount ?? priceAmount({ unit_amount: null, unit_amount_decimal: unit }, quantity));
  return {
    amount,
    currency: price?.currency ?? item.currency ?? given.currency ?? 'usd',
    description: item.description ?? null,
    discountable: item.discountable ?? amount >= 0,
    discounts: [],
    metadata: mergeMetadata({}, item.metadata),
    period: item.period ?? { start: ctx.now, end: ctx.now },
    price,
    proration: false,
    quantity,
    unit_amount_decimal: price?.unit_amount_decimal ?? unit,
    subscription: given.subscription,
  };
}
