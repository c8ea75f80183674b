import type { Context } from '../core/context';
import type { FormTree } from '../core/form';
import { pageOf, paging } from '../core/list';
import { object } from '../core/params';
import { isJson, type VersionChange } from '../core/version-change';
import { objectsBeforeBasil } from './basil-objects';

const DISCOUNTS = {
  coupon: 'discounts.0.coupon',
  promotion_code: 'discounts.0.promotion_code',
};
const PHASES = { 'phases.*.coupon': 'phases.*.discounts.0.coupon' };
const ITEM = { price: 'pricing.price', unit_amount: 'unit_amount_decimal' };
const REFUND = { refund: 'refunds.0.refund' };

/** What the preview of an upcoming invoice took by itself, and where it is now. */
const PAGE = Object.keys(paging);

const UPCOMING = Object.fromEntries(
  [
    'billing_cycle_anchor',
    'cancel_at',
    'cancel_at_period_end',
    'cancel_now',
    'default_tax_rates',
    'items',
    'proration_behavior',
    'proration_date',
    'resume_at',
    'start_date',
    'trial_end',
  ].map((name) => [`subscription_${name}`, `subscription_details.${name}`]),
);

/** Payments, prices, taxes and parents of invoices moved; periods are those of items. */
export const basil: VersionChange = {
  version: '2025-03-31.basil',
  objects: objectsBeforeBasil,
  expansions: {
    charge: { invoice: 'invoice' },
    credit_note: { refund: 'refund', 'tax_amounts.tax_rate': 'tax_rate' },
    credit_note_line_item: { 'tax_amounts.tax_rate': 'tax_rate' },
    invoice: {
      charge: 'charge',
      payment_intent: 'payment_intent',
      subscription: 'subscription',
      'total_tax_amounts.tax_rate': 'tax_rate',
    },
    invoiceitem: { subscription: 'subscription' },
    line_item: { invoice_item: 'invoiceitem', 'tax_amounts.tax_rate': 'tax_rate' },
    payment_intent: { invoice: 'invoice' },
    subscription_schedule: { 'phases.coupon': 'coupon' },
  },
  moved: {
    'POST /v1/subscriptions': DISCOUNTS,
    'POST /v1/subscriptions/:id': DISCOUNTS,
    'POST /v1/subscription_schedules': PHASES,
    'POST /v1/subscription_schedules/:id': PHASES,
    'POST /v1/invoices/create_preview': {
      coupon: 'discounts.0.coupon',
      'schedule_details.phases.*.coupon': 'schedule_details.phases.*.discounts.0.coupon',
    },
    'GET /v1/invoices/upcoming': { coupon: 'discounts.0.coupon', ...UPCOMING },
    'GET /v1/invoices/upcoming/lines': { coupon: 'discounts.0.coupon', ...UPCOMING },
    'POST /v1/invoices/:id/add_lines': { 'lines.*.price': 'lines.*.pricing.price' },
    'POST /v1/invoices/:id/update_lines': { 'lines.*.price': 'lines.*.pricing.price' },
    'POST /v1/invoices/:id/lines/:id': { price: 'pricing.price' },
    'POST /v1/invoiceitems': ITEM,
    'POST /v1/invoiceitems/:id': ITEM,
    'POST /v1/credit_notes': REFUND,
    'GET /v1/credit_notes/preview': REFUND,
    'GET /v1/credit_notes/preview/lines': REFUND,
  },
  parameters: {
    'GET /v1/invoices/upcoming': takeNext,
    'GET /v1/invoices/upcoming/lines': (ctx, tree) => {
      for (const name of PAGE) tree.delete(name);
      takeNext(ctx, tree);
    },
  },
  endpoints: {
    'GET /v1/invoices/upcoming': {
      now: 'POST /v1/invoices/create_preview',
      reply: ({ id: _none, ...invoice }) => invoice,
    },
    'GET /v1/invoices/upcoming/lines': {
      now: 'POST /v1/invoices/create_preview',
      reply: ({ lines }, tree) => {
        const { data = [] } = isJson(lines) ? lines : {};
        return pageOf(linesIn(data), 'line_item', pageAsked(tree), '/v1/invoices/upcoming/lines');
      },
    },
  },
};

/** Of somebody alone it was the invoice that is next among those of all their subscriptions. */
function takeNext(ctx: Context, tree: FormTree): void {
  const customer = tree.get('customer');
  if (typeof customer !== 'string' || tree.has('subscription')) return;
  if (tree.has('subscription_details') || tree.has('schedule')) return;
  const next = [...ctx.by('subscription', 'customer', customer)]
    .filter(({ status }) => status !== 'canceled' && status !== 'incomplete_expired')
    .sort((a, b) => endOf(a) - endOf(b))[0];
  if (next) tree.set('subscription', next.id);
}

function pageAsked(tree: FormTree) {
  const asked = new Map([...tree].filter(([name]) => PAGE.includes(name)));
  return object(paging).parseTree(asked, '');
}

function linesIn(data: unknown): { id: string }[] {
  if (!Array.isArray(data)) return [];
  return data.filter((line) => isJson(line) && typeof line.id === 'string');
}

function endOf({ items }: { items: { data: readonly { current_period_end: number }[] } }): number {
  return Math.min(...items.data.map((item) => item.current_period_end));
}
