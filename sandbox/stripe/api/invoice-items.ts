import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata } from '../core/metadata';
import { boolean, type FieldOutputs, id } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { redeemDiscounts } from '../engine/discounts';
import { addItemsToDraft, withTotals } from '../engine/invoicing';
import { isNew } from '../engine/payer';
import { createInvoiceItem, lineOf } from '../engine/pending-items';
import { customerOf } from './customer-param';
import { currency } from './fields';
import { amountsOf, invoiceItemFields } from './invoice-item-amounts';

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
    route('GET /v1/invoiceitems/:id', { right, params: {} }, (ctx, _params, path) => {
      const deleted = ctx.find('_deleted', path.id);
      return deleted?.object === 'invoiceitem' ? deleted : ctx.get('invoiceitem', path.id);
    }),
    route('POST /v1/invoiceitems/:id', { right, params: invoiceItemFields }, update),
    route('DELETE /v1/invoiceitems/:id', { right, params: {} }, (request, _params, path) => {
      const item = request.get('invoiceitem', path.id);
      const ctx = request.onClock(item.test_clock);
      const draft = draftOf(ctx, item);
      const gone = ctx.remove('invoiceitem', item.id, 'invoiceitem.deleted');
      if (draft)
        relist(
          ctx,
          draft,
          draft.lines.data.filter((line) => !isLineOf(line, item.id)),
        );
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
  const amounts = amountsOf(ctx, params);
  const item = createInvoiceItem(ctx, {
    ...amounts,
    currency:
      amounts.price?.currency ?? params.currency ?? invoice?.currency ?? customer.currency ?? 'usd',
    customer,
    description:
      params.description ??
      (amounts.price ? (ctx.find('product', amounts.price.product)?.name ?? null) : null),
    discountable: params.discountable ?? amounts.amount >= 0,
    discounts: redeemDiscounts(ctx, params.discounts ?? [], {
      customer,
      isFirstPurchase: isNew(ctx, customer),
      currency: amounts.price?.currency ?? params.currency ?? 'usd',
    }),
    metadata: mergeMetadata({}, params.metadata),
    period: params.period ?? { start: ctx.now, end: ctx.now },
    proration: false,
    subscription: params.subscription,
    invoice: params.invoice,
  });
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
  if (item.invoice !== null && !draft) {
    throw invalidRequest(
      'This invoice item can no longer be changed: its invoice is not a draft.',
      undefined,
      'invoice_not_editable',
    );
  }
  const isPriced =
    params.amount !== undefined ||
    params.pricing !== undefined ||
    params.price_data !== undefined ||
    params.unit_amount_decimal !== undefined;
  const amounts = isPriced ? amountsOf(ctx, params) : undefined;
  const changed = ctx.update('invoiceitem', item.id, {
    ...(amounts ? { amount: amounts.amount, net_amount: amounts.amount } : {}),
    ...(params.description === undefined ? {} : { description: params.description }),
    ...(params.discountable === undefined ? {} : { discountable: params.discountable }),
    ...(params.period === undefined ? {} : { period: params.period }),
    ...(params.quantity === undefined
      ? {}
      : { quantity: params.quantity, quantity_decimal: String(params.quantity) }),
    metadata: mergeMetadata(item.metadata ?? {}, params.metadata),
  });
  if (draft) {
    relist(
      ctx,
      draft,
      draft.lines.data.map((line) => (isLineOf(line, item.id) ? lineOf(ctx, changed) : line)),
    );
  }
  return changed;
}

function draftOf(ctx: Context, item: Stored<'invoiceitem'>): Stored<'invoice'> | undefined {
  const invoice = item.invoice ? ctx.find('invoice', item.invoice) : undefined;
  return invoice?.status === 'draft' ? invoice : undefined;
}

function relist(
  ctx: Context,
  invoice: Stored<'invoice'>,
  lines: Stored<'invoice'>['lines']['data'],
): void {
  ctx.update('invoice', invoice.id, withTotals(ctx, invoice, lines), 'invoice.updated');
}

function isLineOf(line: Stored<'invoice'>['lines']['data'][number], item: string): boolean {
  const { parent } = line;
  return (
    (parent?.invoice_item_details?.invoice_item ??
      parent?.subscription_item_details?.invoice_item) === item
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
