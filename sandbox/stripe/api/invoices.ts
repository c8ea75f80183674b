import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { redeemDiscounts } from '../engine/discounts';
import {
  advanceInvoice,
  invoiceFinalizeDue,
  invoiceOverdue,
  invoiceRetryDue,
} from '../engine/invoice-due';
import { finalizeInvoice } from '../engine/invoice-finalize';
import { payInvoice } from '../engine/invoice-pay';
import { writeOff } from '../engine/invoice-write-off';
import { createInvoice, scheduleInvoice, withTotals } from '../engine/invoicing';
import { isNew, refuseForeignMethod } from '../engine/payer';
import { customerOf } from './customer-param';
import { currency } from './fields';
import { invoicePreview } from './invoice-preview';
import {
  automaticTax,
  collectionMethod,
  discounts,
  taxRates,
  transferData,
} from './subscription-params';

const shared = {
  account_tax_ids: unsettable(array(id())),
  application_fee_amount: integer({ min: 0 }),
  auto_advance: boolean(),
  automatic_tax: automaticTax,
  automatically_finalizes_at: timestamp(),
  collection_method: collectionMethod,
  custom_fields: unsettable(
    array(object({ name: required(string({ max: 40 })), value: required(string({ max: 140 })) }), {
      max: 4,
    }),
  ),
  days_until_due: integer({ min: 0, max: 365 }),
  default_payment_method: id(),
  default_source: unsettable(id()),
  default_tax_rates: taxRates,
  description: unsettable(string({ max: 1500 })),
  discounts,
  due_date: timestamp(),
  effective_at: unsettable(timestamp()),
  footer: unsettable(string({ max: 5000 })),
  issuer: object({ account: id(), type: required(oneOf(['account', 'self'])) }),
  metadata: metadata(),
  number: unsettable(string({ max: 26 })),
  on_behalf_of: unsettable(id()),
  payment_settings: object({
    default_mandate: unsettable(id()),
    payment_method_types: unsettable(array(string())),
  }),
  statement_descriptor: string({ max: 22 }),
  transfer_data: unsettable(transferData),
};

type Changes = FieldOutputs<typeof shared>;

const createParams = {
  ...shared,
  currency: currency(),
  customer: id(),
  customer_account: id(),
  pending_invoice_items_behavior: oneOf(['exclude', 'include']),
  subscription: id(),
};

export const invoices: Resource = {
  routes: [
    route('POST /v1/invoices', { right: 'invoice', params: createParams }, create),
    invoicePreview,
    route(
      'GET /v1/invoices',
      {
        right: 'invoice',
        params: {
          ...paging,
          collection_method: collectionMethod,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          due_date: timeRange(),
          status: oneOf(['draft', 'open', 'paid', 'uncollectible', 'void']),
          subscription: id(),
        },
      },
      (ctx, params) =>
        ctx.list('invoice', params, '/v1/invoices', {
          by: params.subscription
            ? ['subscription', params.subscription]
            : ['customer', params.customer],
          where: (invoice) =>
            isWithin(invoice.created, params.created) &&
            (params.due_date === undefined || isWithin(invoice.due_date ?? 0, params.due_date)) &&
            (params.customer ?? invoice.customer) === invoice.customer &&
            (params.customer_account ?? invoice.customer_account) === invoice.customer_account &&
            (params.status ?? invoice.status) === invoice.status &&
            (params.collection_method ?? invoice.collection_method) === invoice.collection_method,
        }),
    ),
    route('GET /v1/invoices/:id', { right: 'invoice', params: {} }, (ctx, _params, path) => {
      const deleted = ctx.find('_deleted', path.id);
      return deleted?.object === 'invoice' ? deleted : ctx.get('invoice', path.id);
    }),
    route('POST /v1/invoices/:id', { right: 'invoice', params: shared }, (ctx, params, path) =>
      update(onClock(ctx, path.id), path.id, params),
    ),
    route('DELETE /v1/invoices/:id', { right: 'invoice', params: {} }, (ctx, _params, path) => {
      const invoice = ctx.get('invoice', path.id);
      if (invoice.status !== 'draft' || invoice.parent?.subscription_details) {
        throw invalidRequest(
          'You can only delete draft invoices that are not attached to a subscription. To void an open invoice use the void endpoint.',
        );
      }
      return remove(onClock(ctx, path.id), invoice);
    }),
    route(
      'POST /v1/invoices/:id/finalize',
      { right: 'invoice', params: { auto_advance: boolean() } },
      (ctx, params, path) => {
        const clock = onClock(ctx, path.id);
        const advances = params.auto_advance ?? clock.get('invoice', path.id).auto_advance ?? false;
        const finalized = finalizeInvoice(clock, path.id);
        if (finalized.status !== 'open') return finalized;
        const isCharged = finalized.collection_method === 'charge_automatically';
        const open = clock.update('invoice', path.id, {
          auto_advance: advances,
          next_payment_attempt: advances && isCharged ? clock.now + 3600 : null,
        });
        scheduleInvoice(clock, open);
        return open;
      },
    ),
    route(
      'POST /v1/invoices/:id/pay',
      {
        right: 'invoice',
        params: {
          forgive: boolean(),
          mandate: unsettable(id()),
          off_session: boolean(),
          paid_out_of_band: boolean(),
          payment_method: id(),
          source: id(),
        },
      },
      (ctx, params, path) => payInvoice(onClock(ctx, path.id), path.id, params),
    ),
    route('POST /v1/invoices/:id/void', { right: 'invoice', params: {} }, (ctx, _params, path) =>
      writeOff(onClock(ctx, path.id), path.id, 'void'),
    ),
    route(
      'POST /v1/invoices/:id/mark_uncollectible',
      { right: 'invoice', params: {} },
      (ctx, _params, path) => writeOff(onClock(ctx, path.id), path.id, 'uncollectible'),
    ),
    route('POST /v1/invoices/:id/send', { right: 'invoice', params: {} }, send),
    route(
      'GET /v1/invoices/:id/lines',
      { right: 'invoice', params: paging },
      (ctx, params, path) => {
        const { lines } = ctx.get('invoice', path.id);
        const start = params.starting_after
          ? lines.data.findIndex((line) => line.id === params.starting_after) + 1
          : 0;
        const page = lines.data.slice(start, start + (params.limit ?? 10));
        return { ...lines, data: page, has_more: start + page.length < lines.data.length };
      },
    ),
  ],
  expansions: {
    invoice: {
      confirmation_secret: confirmationSecret,
      customer: 'customer',
      default_payment_method: 'payment_method',
      discounts: 'discount',
      on_behalf_of: 'account',
      'parent.subscription_details.subscription': 'subscription',
      payments: paymentsOf,
      test_clock: 'test_helpers.test_clock',
      'total_discount_amounts.discount': 'discount',
    },
    line_item: {
      'discount_amounts.discount': 'discount',
      discounts: 'discount',
      'pricing.price_details.price': 'price',
      subscription: 'subscription',
    },
  },
  due: {
    'invoice.finalize': invoiceFinalizeDue,
    'invoice.retry': invoiceRetryDue,
    'invoice.overdue': invoiceOverdue,
  },
};

function create(request: Context, params: FieldOutputs<typeof createParams>): Stored<'invoice'> {
  const customer = customerOf(request, params);
  const ctx = request.onClockOf(customer);
  const subscription = params.subscription
    ? ctx.get('subscription', params.subscription, 'subscription')
    : undefined;
  refuseForeignMethod(ctx, customer, params.default_payment_method);
  const sends = (params.collection_method ?? subscription?.collection_method) === 'send_invoice';
  if (
    sends &&
    params.days_until_due === undefined &&
    params.due_date === undefined &&
    !subscription
  ) {
    throw invalidRequest(
      'If invoice collection method is `send_invoice`, then you must specify `due_date` or `days_until_due`.',
    );
  }
  const used = params.currency ?? subscription?.currency ?? customer.currency ?? 'usd';
  const draft = createInvoice(ctx, {
    customer,
    subscription,
    reason: 'manual',
    currency: used,
    lines: [],
    takesPendingItems:
      params.pending_invoice_items_behavior === 'include' || subscription !== undefined,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: params.auto_advance ?? false,
    discounts:
      params.discounts === undefined
        ? (subscription?.discounts ?? [])
        : redeemDiscounts(ctx, params.discounts ?? [], {
            customer,
            isFirstPurchase: isNew(ctx, customer),
            currency: used,
          }),
    collectionMethod: params.collection_method,
    daysUntilDue: params.days_until_due,
    defaultPaymentMethod: params.default_payment_method,
    description: params.description,
    footer: params.footer,
    metadata: mergeMetadata({}, params.metadata),
    onBehalfOf: params.on_behalf_of,
  });
  const fields = {
    ...(params.due_date === undefined ? {} : { due_date: params.due_date }),
    ...(params.custom_fields === undefined ? {} : { custom_fields: params.custom_fields }),
    ...(params.number ? { number: params.number } : {}),
    ...(params.statement_descriptor ? { statement_descriptor: params.statement_descriptor } : {}),
  };
  return ctx.update('invoice', draft.id, fields);
}

function update(ctx: Context, invoiceId: string, params: Changes): Stored<'invoice'> {
  const invoice = ctx.get('invoice', invoiceId);
  refuseFinalized(invoice, params);
  const customer = ctx.get('customer', invoice.customer ?? '');
  refuseForeignMethod(ctx, customer, params.default_payment_method);
  const {
    account_tax_ids: _taxIds,
    application_fee_amount: _fee,
    automatic_tax: _tax,
    days_until_due,
    default_source: _source,
    default_tax_rates: _rates,
    discounts: choices,
    issuer: _issuer,
    metadata: change,
    payment_settings: _settings,
    transfer_data: _transfer,
    ...plain
  } = params;
  const changed: Stored<'invoice'> = {
    ...invoice,
    ...plain,
    metadata: mergeMetadata(invoice.metadata ?? {}, change),
    ...(days_until_due === undefined
      ? {}
      : { due_date: invoice.created + days_until_due * 86_400 }),
    ...(choices === undefined
      ? {}
      : {
          discounts: redeemDiscounts(ctx, choices ?? [], {
            customer,
            invoice: invoice.id,
            isFirstPurchase: isNew(ctx, customer),
            currency: invoice.currency,
          }),
        }),
    ...(params.auto_advance && invoice.status === 'draft'
      ? { automatically_finalizes_at: params.automatically_finalizes_at ?? ctx.now + 3600 }
      : {}),
  };
  const totals =
    invoice.status === 'draft' ? withTotals(ctx, changed, invoice.lines.data) : changed;
  const stored = ctx.update('invoice', invoiceId, totals, 'invoice.updated');
  scheduleInvoice(ctx, stored);
  return stored;
}

/** What can still be changed after an invoice is finalized. */
const EDITABLE: ReadonlySet<string> = new Set([
  'auto_advance',
  'automatically_finalizes_at',
  'default_payment_method',
  'due_date',
  'days_until_due',
  'metadata',
  'payment_settings',
]);

function refuseFinalized(invoice: Stored<'invoice'>, params: Changes): void {
  if (invoice.status === 'draft') return;
  const fixed = Object.keys(params).find((name) => !EDITABLE.has(name));
  if (fixed === undefined) return;
  throw invalidRequest(
    `Finalized invoices can't be updated in this way: ${fixed} cannot be changed once the invoice is ${invoice.status}.`,
    fixed,
    'invoice_not_editable',
  );
}

function remove(ctx: Context, invoice: Stored<'invoice'>) {
  for (const item of [...ctx.by('invoiceitem', 'invoice', invoice.id)]) {
    ctx.remove('invoiceitem', item.id, 'invoiceitem.deleted');
  }
  ctx.schedule('invoice.finalize', invoice.id, null);
  return ctx.remove('invoice', invoice.id, 'invoice.deleted');
}

function send(request: Context, _params: unknown, path: { readonly id: string }) {
  const ctx = onClock(request, path.id);
  const invoice = ctx.get('invoice', path.id);
  if (invoice.collection_method !== 'send_invoice') {
    throw invalidRequest(
      'You can only manually send an invoice if its collection method is `send_invoice`.',
    );
  }
  if (invoice.status === 'draft') return advanceInvoice(ctx, path.id);
  ctx.emit('invoice.sent', invoice);
  return invoice;
}

/** The context at the time of an invoice's test clock. @throws StripeError when it is unknown */
function onClock(ctx: Context, invoice: string): Context {
  return ctx.onClock(ctx.get('invoice', invoice).test_clock);
}

function paymentsOf(ctx: Context, invoice: string) {
  return {
    object: 'list',
    data: [...ctx.by('invoice_payment', 'invoice', invoice)],
    has_more: false,
    url: `/v1/invoice_payments?invoice=${invoice}`,
  };
}

function confirmationSecret(ctx: Context, invoice: string) {
  for (const payment of ctx.by('invoice_payment', 'invoice', invoice)) {
    const id = payment.payment.payment_intent;
    const secret = id && ctx.find('payment_intent', id)?.client_secret;
    if (secret) return { client_secret: secret, type: 'payment_intent' };
  }
  return null;
}
