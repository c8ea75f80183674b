import type { Context } from '../core/context';
import { invalidRequest, StripeError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs, Output } from '../core/params';
import { route } from '../core/route';
import type { Stored } from '../core/tables';
import { blankCustomer } from '../engine/blank-customer';
import { createInlinePrice } from '../engine/inline-price';
import { priceAmount } from '../engine/money';
import type { InvoiceItemSeed } from '../engine/pending-items';
import { type PreviewRequest, previewInvoice } from '../engine/preview';
import { taxRatesOf } from '../engine/tax-rates';
import { customerAccountOf } from './customer-account';
import { mergeAddress, mergeShipping } from './fields';
import { type previewDetails, type previewItem, previewParams } from './invoice-preview-params';

type Params = FieldOutputs<typeof previewParams>;

/** `POST /v1/invoices/create_preview`. */
export const invoicePreview = route(
  'POST /v1/invoices/create_preview',
  { right: 'invoice', params: previewParams },
  preview,
);

function preview(request: Context, given: Params): Stored<'invoice'> {
  const schedule = given.schedule
    ? request.get('subscription_schedule', given.schedule, 'schedule')
    : undefined;
  const subscription = subscriptionOf(request, given, schedule);
  const owner = subscription?.customer ?? schedule?.customer;
  const known = customerAccountOf(request, given) ?? (owner && request.get('customer', owner));
  const customer = known || strangerOf(request, given);
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
  const wanted: PreviewRequest = {
    customer,
    isStranger: !known,
    subscription: subscription?.id,
    ...((schedule || given.schedule_details) && {
      schedule: { id: schedule?.id, change: given.schedule_details },
    }),
    change: changeOf(given),
    ...(known &&
      given.customer_details && { described: describedCustomer(known, given.customer_details) }),
    automaticTax: given.automatic_tax?.enabled,
    cancelNow: given.subscription_details?.cancel_now,
    pause: given.subscription_details?.pause,
    resumeNow: given.subscription_details?.resume_at === 'now',
    mode: given.preview_mode,
    items: () =>
      (given.invoice_items ?? []).map((item, index) => extraItem(ctx, item, index, given)),
  };
  try {
    return previewInvoice(ctx, wanted);
  } catch (error) {
    throw withinDetails(error, given);
  }
}

/** The change that is tried is refused by the names it has as a change: here they are one level deeper. */
function withinDetails(error: unknown, given: Params): unknown {
  if (!(error instanceof StripeError) || error.body.param === undefined) return error;
  const { doc_url: _made, param, ...body } = error.body;
  const [name = ''] = param.split('[');
  const outer = (['subscription_details', 'schedule_details'] as const).find(
    (details) => name in (given[details] ?? {}),
  );
  if (!outer) return error;
  const full = `${outer}[${name}]${param.slice(name.length)}`;
  const message = body.message.replaceAll(param, full);
  return new StripeError(error.status, { ...body, message, param: full }, error);
}

function subscriptionOf(
  ctx: Context,
  given: Params,
  schedule: Stored<'subscription_schedule'> | undefined,
): Stored<'subscription'> | undefined {
  if (given.subscription) return ctx.get('subscription', given.subscription, 'subscription');
  return schedule?.subscription ? ctx.find('subscription', schedule.subscription) : undefined;
}

/** Somebody who is only described, to see what they would pay. @throws StripeError for nobody at all */
function strangerOf(ctx: Context, given: Params): Stored<'customer'> {
  const isDescribed =
    given.customer_details ?? given.subscription_details?.items ?? given.schedule_details;
  if (!isDescribed) {
    throw invalidRequest(
      'You must provide one of `customer`, `customer_account`, `subscription`, `schedule`, or `customer_details`.',
      undefined,
      'parameter_missing',
    );
  }
  const blank = blankCustomer(ctx, null);
  return { ...blank, ...describedCustomer(blank, given.customer_details ?? {}) };
}

/** A customer as the preview describes them, whatever they are by themselves. */
function describedCustomer(
  { address: former, shipping: place }: Stored<'customer'>,
  { address, shipping, tax_exempt }: NonNullable<Params['customer_details']>,
): Partial<Stored<'customer'>> {
  return {
    ...(address !== undefined && { address: address && mergeAddress(former, address) }),
    ...(shipping !== undefined && { shipping: shipping && mergeShipping(place, shipping) }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? 'none' }),
  };
}

/** What the preview would change, as an update of the subscription takes it. */
function changeOf(given: Params): PreviewRequest['change'] {
  const details = given.subscription_details;
  const change = {
    ...(given.currency === undefined ? {} : { currency: given.currency }),
    ...(given.discounts === undefined ? {} : { discounts: given.discounts }),
    ...(given.automatic_tax && { automatic_tax: given.automatic_tax }),
    ...(details ? updateOf(details) : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

function updateOf(details: Output<typeof previewDetails>) {
  const {
    billing_cycle_anchor: anchor,
    cancel_now: _now,
    pause: _pause,
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
    tax_behavior: item.tax_behavior,
    tax_rates: taxRatesOf(ctx, item.tax_rates, `${path}[tax_rates]`),
    quantity,
    unit_amount_decimal: price?.unit_amount_decimal ?? unit,
    subscription: given.subscription,
  };
}
