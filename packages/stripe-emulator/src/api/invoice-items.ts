import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, type FieldOutputs, id } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { addItemsToDraft } from '../engine/invoicing';
import { lineOf } from '../engine/pending-items';
import { customerOf } from './customer-param';
import { currency } from './fields';
import { invoiceItemFields } from './invoice-item-amounts';
import { itemOf, relist } from './invoice-lines';
import { changeInvoiceItem, newInvoiceItem } from './new-invoice-item';

const right = 'invoice';

const createParams = {
  ...invoiceItemFields,
  currency: currency(),
  customer: id(),
  customer_account: id(),
  invoice: id(),
  subscription: id(),
};

export const invoiceItems: Resource = {
  routes: [
    route('POST /v1/invoiceitems', { right, params: createParams }, create),
    route(
      'GET /v1/invoiceitems',
      {
        right,
        params: {
          ...paging,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          invoice: id(),
          pending: boolean(),
        },
      },
      (ctx, params) =>
        ctx.list('invoiceitem', params, '/v1/invoiceitems', {
          by: params.invoice ? ['invoice', params.invoice] : ['customer', params.customer],
          where: (item) =>
            isWithin(item.date, params.created) &&
            (params.customer ?? item.customer) === item.customer &&
            (params.customer_account ?? item.customer_account) === item.customer_account &&
            (params.pending ?? item.invoice === null) === (item.invoice === null),
        }),
    ),
    route('GET /v1/invoiceitems/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('invoiceitem', path.id),
    ),
    route('POST /v1/invoiceitems/:id', { right, params: invoiceItemFields }, update),
    route('DELETE /v1/invoiceitems/:id', { right, params: {} }, (request, _params, path) => {
      const item = request.get('invoiceitem', path.id);
      const ctx = request.onClock(item.test_clock);
      const draft = draftOf(ctx, item);
      const gone = ctx.remove('invoiceitem', item.id, 'invoiceitem.deleted');
      const others = draft?.lines.data.filter((line) => itemOf(line) !== item.id);
      if (draft && others) relist(ctx, draft, others);
      return gone;
    }),
  ],
  expansions: {
    invoiceitem: {
      customer: 'customer',
      discounts: 'discount',
      invoice: 'invoice',
      'parent.subscription_details.subscription': 'subscription',
      'pricing.price_details.price': 'price',
      test_clock: 'test_helpers.test_clock',
    },
  },
};

type Params = FieldOutputs<typeof createParams>;

function create(request: Context, params: Params): Stored<'invoiceitem'> {
  const invoice = params.invoice ? request.get('invoice', params.invoice, 'invoice') : undefined;
  const customer = customerOf(
    request,
    params.customer === undefined && params.customer_account === undefined && invoice?.customer
      ? { customer: invoice.customer }
      : params,
  );
  const ctx = request.onClockOf(customer);
  refuseWrongTarget(ctx, customer.id, params);
  const { currency: used, subscription } = params;
  const item = newInvoiceItem(ctx, customer, params, { currency: used, invoice, subscription });
  if (invoice) addItemsToDraft(ctx, invoice, [item]);
  return item;
}

function update(
  request: Context,
  params: FieldOutputs<typeof invoiceItemFields>,
  path: { readonly id: string },
): Stored<'invoiceitem'> {
  const item = request.get('invoiceitem', path.id);
  const ctx = request.onClock(item.test_clock);
  const draft = draftOf(ctx, item);
  const changed = changeInvoiceItem(ctx, item, params);
  const lines = draft?.lines.data.map((line) =>
    itemOf(line) === item.id ? { ...lineOf(ctx, changed), id: line.id } : line,
  );
  if (draft && lines) relist(ctx, draft, lines);
  return changed;
}

/** The draft an item is on, if it is on an invoice. @throws StripeError when that is no draft any more */
function draftOf(ctx: Context, item: Stored<'invoiceitem'>): Stored<'invoice'> | undefined {
  const invoice = item.invoice === null ? undefined : ctx.find('invoice', item.invoice);
  if (!invoice || invoice.status === 'draft') return invoice;
  throw invalidRequest(
    'This invoice item can no longer be changed: its invoice is not a draft.',
    undefined,
    'invoice_not_editable',
  );
}

function refuseWrongTarget(ctx: Context, customer: string, params: Params): void {
  if (params.invoice) {
    const invoice = ctx.get('invoice', params.invoice, 'invoice');
    if (invoice.customer !== customer) {
      throw invalidRequest(
        `The invoice ${invoice.id} does not belong to the customer ${customer}.`,
        'invoice',
      );
    }
    if (invoice.status !== 'draft') {
      throw invalidRequest(
        'Invoice items can only be added to draft invoices: this invoice is no longer editable.',
        'invoice',
        'invoice_not_editable',
      );
    }
  }
  if (!params.subscription) return;
  const subscription = ctx.get('subscription', params.subscription, 'subscription');
  if (subscription.customer === customer) return;
  throw invalidRequest(
    `The subscription ${subscription.id} does not belong to the customer ${customer}.`,
    'subscription',
  );
}
