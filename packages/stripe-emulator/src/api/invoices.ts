import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, id, oneOf } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import {
  advanceInvoice,
  invoiceFinalizeDue,
  invoiceOverdue,
  invoiceRetryDue,
} from '../engine/invoice-due';
import { finalizeInvoice } from '../engine/invoice-finalize';
import { payInvoice } from '../engine/invoice-pay';
import { writeOff } from '../engine/invoice-write-off';
import { scheduleInvoice } from '../engine/invoicing';
import { refuseUntaxable } from '../engine/untaxable';
import { createByHand } from './invoice-create';
import { invoiceLines } from './invoice-lines';
import { invoiceFields, newInvoiceFields } from './invoice-params';
import { invoicePreview } from './invoice-preview';
import { updateInvoice } from './invoice-update';
import { collectionMethod } from './subscription-params';

export const invoices: Resource = {
  routes: [
    route('POST /v1/invoices', { right: 'invoice', params: newInvoiceFields }, createByHand),
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
          by: indexFor(params),
          where: (invoice) =>
            isWithin(invoice.created, params.created) &&
            (params.due_date === undefined || isWithin(invoice.due_date ?? 0, params.due_date)) &&
            (params.customer ?? invoice.customer) === invoice.customer &&
            (params.customer_account ?? invoice.customer_account) === invoice.customer_account &&
            (params.status ?? invoice.status) === invoice.status &&
            (params.collection_method ?? invoice.collection_method) === invoice.collection_method,
        }),
    ),
    route('GET /v1/invoices/:id', { right: 'invoice', params: {} }, (ctx, _params, path) =>
      ctx.get('invoice', path.id),
    ),
    route(
      'POST /v1/invoices/:id',
      { right: 'invoice', params: invoiceFields },
      (ctx, params, path) => updateInvoice(onClock(ctx, path.id), path.id, params),
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
        refuseUntaxable(clock, path.id);
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
          off_session: boolean(),
          paid_out_of_band: boolean(),
          payment_method: id(),
        },
      },
      (ctx, params, path) => {
        refuseUntaxable(onClock(ctx, path.id), path.id);
        return payInvoice(onClock(ctx, path.id), path.id, params);
      },
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
    ...invoiceLines,
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
      'total_pretax_credit_amounts.credit_balance_transaction':
        'billing.credit_balance_transaction',
      'total_pretax_credit_amounts.discount': 'discount',
    },
    line_item: {
      'discount_amounts.discount': 'discount',
      discounts: 'discount',
      'pretax_credit_amounts.credit_balance_transaction': 'billing.credit_balance_transaction',
      'pretax_credit_amounts.discount': 'discount',
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
  refuseUntaxable(ctx, path.id);
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

/** The shortest index a list can walk: paid invoices are most of them, the others few. */
function indexFor({
  customer,
  status,
  subscription,
}: {
  customer?: string;
  status?: string;
  subscription?: string;
}): ['customer' | 'subscription' | 'unsettled', string | undefined] {
  if (subscription) return ['subscription', subscription];
  if (customer || status === 'paid') return ['customer', customer];
  return ['unsettled', status];
}
