import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, id, object, oneOf, required, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { changeSubscription } from '../engine/subscription-changes';
import { createSubscription } from '../engine/subscription-create';
import { subscriptionDue } from '../engine/subscription-due';
import { cancelSubscription } from '../engine/subscription-end';
import { pauseSubscription } from '../engine/subscription-pause';
import { resumeDue, resumeSubscription } from '../engine/subscription-resume';
import { updateSubscription } from '../engine/subscription-update';
import { refuseUnlocated } from '../engine/tax-location';
import { refuseBothTaxes } from '../engine/tax-rates';
import { thresholdDue } from '../engine/usage-thresholds';
import { customerOf } from './customer-param';
import {
  billingMode,
  cancellationDetails,
  collectionMethod,
  prorationBehavior,
} from './subscription-params';
import { newSubscriptionFields, pauseFields, subscriptionFields } from './subscription-request';

const STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const;
const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

export const subscriptions: Resource = {
  routes: [
    route(
      'POST /v1/subscriptions',
      { right: 'subscription', params: newSubscriptionFields },
      (ctx, params) => {
        const customer = customerOf(ctx, params);
        checkTaxes(customer, params, params.automatic_tax?.enabled);
        return createSubscription(ctx.onClockOf(customer), customer, params);
      },
    ),
    route(
      'GET /v1/subscriptions',
      {
        right: 'subscription',
        params: {
          ...paging,
          automatic_tax: object({ enabled: required(boolean()) }),
          collection_method: collectionMethod,
          created: timeRange(),
          current_period_end: timeRange(),
          current_period_start: timeRange(),
          customer: id(),
          customer_account: id(),
          plan: id(),
          price: id(),
          status: oneOf(STATUSES),
          test_clock: id(),
        },
      },
      (ctx, params) => {
        const price = params.price ?? params.plan;
        // Without a customer or a clock, Stripe leaves out what is on test clocks.
        const clock = params.test_clock ?? (params.customer === undefined ? null : undefined);
        return ctx.list('subscription', params, '/v1/subscriptions', {
          by: params.customer ? ['customer', params.customer] : ['test_clock', params.test_clock],
          where: (subscription) => {
            const items = subscription.items.data;
            return (
              isWanted(subscription.status, params.status) &&
              isWithin(subscription.created, params.created) &&
              items.some((item) => isWithin(item.current_period_end, params.current_period_end)) &&
              items.some((item) =>
                isWithin(item.current_period_start, params.current_period_start),
              ) &&
              (price === undefined || items.some((item) => item.price.id === price)) &&
              (params.collection_method ?? subscription.collection_method) ===
                subscription.collection_method &&
              (params.automatic_tax?.enabled ?? subscription.automatic_tax.enabled) ===
                subscription.automatic_tax.enabled &&
              (params.customer_account ?? subscription.customer_account) ===
                subscription.customer_account &&
              (clock === undefined || clock === subscription.test_clock)
            );
          },
        });
      },
    ),
    route(
      'GET /v1/subscriptions/:id',
      { right: 'subscription', params: {} },
      (ctx, _params, path) => ctx.get('subscription', path.id),
    ),
    route(
      'POST /v1/subscriptions/:id',
      { right: 'subscription', params: subscriptionFields },
      (request, params, path) => {
        const ctx = onClock(request, path.id);
        const { automatic_tax: tax, customer } = ctx.get('subscription', path.id);
        const isAutomatic = params.automatic_tax?.enabled ?? tax.enabled;
        checkTaxes(ctx.find('customer', customer), params, isAutomatic);
        return updateSubscription(ctx, path.id, params);
      },
    ),
    route(
      'DELETE /v1/subscriptions/:id',
      {
        right: 'subscription',
        params: {
          cancellation_details: cancellationDetails,
          invoice_now: boolean(),
          prorate: boolean(),
        },
      },
      (ctx, params, path) => {
        const subscription = ctx.get('subscription', path.id);
        if (ENDED.has(subscription.status)) throw missing('subscription', path.id);
        return cancelSubscription(onClock(ctx, path.id), path.id, {
          ...params.cancellation_details,
          prorate: params.prorate,
          invoiceNow: params.invoice_now,
        });
      },
    ),
    route(
      'POST /v1/subscriptions/:id/pause',
      { right: 'subscription', params: pauseFields },
      (ctx, params, path) => pauseSubscription(onClock(ctx, path.id), path.id, params),
    ),
    route(
      'POST /v1/subscriptions/:id/resume',
      {
        right: 'subscription',
        params: {
          billing_cycle_anchor: object({ type: required(oneOf(['now', 'unchanged'])) }),
          payment_behavior: oneOf(['resume_on_payment_attempt', 'resume_on_payment_success']),
          proration_behavior: prorationBehavior,
          proration_date: timestamp(),
        },
      },
      (ctx, params, path) => resumeSubscription(onClock(ctx, path.id), path.id, params),
    ),
    route(
      'POST /v1/subscriptions/:id/migrate',
      {
        right: 'subscription',
        params: {
          billing_mode: required(
            object({
              flexible: billingMode.fields.flexible,
              type: required(oneOf(['flexible'])),
            }),
          ),
        },
      },
      (request, params, path) => {
        const ctx = onClock(request, path.id);
        const shown = params.billing_mode.flexible?.proration_discounts ?? 'included';
        return changeSubscription(ctx, path.id, {
          billing_mode: {
            flexible: { proration_discounts: shown },
            type: 'flexible',
            updated_at: ctx.now,
          },
        });
      },
    ),
    route(
      'DELETE /v1/subscriptions/:id/discount',
      { right: 'subscription', params: {} },
      deleteDiscount,
    ),
  ],
  expansions: {
    subscription: {
      customer: 'customer',
      default_payment_method: 'payment_method',
      discounts: 'discount',
      latest_invoice: 'invoice',
      on_behalf_of: 'account',
      pending_setup_intent: 'setup_intent',
      schedule: 'subscription_schedule',
      test_clock: 'test_helpers.test_clock',
    },
    discount: {
      customer: 'customer',
      promotion_code: 'promotion_code',
      'source.coupon': 'coupon',
    },
  },
  due: {
    'subscription.due': subscriptionDue,
    'subscription.resume': resumeDue,
    'subscription.threshold': thresholdDue,
  },
};

/** The context at the time of a subscription's test clock. @throws StripeError when it is unknown */
function onClock(ctx: Context, subscription: string): Context {
  return ctx.onClock(ctx.get('subscription', subscription).test_clock);
}

interface TaxParams {
  automatic_tax?: { enabled: boolean };
  default_tax_rates?: readonly string[] | null;
  items?: readonly { tax_rates?: readonly string[] | null }[];
}

/** @throws StripeError when tax is to be automatic, but nowhere in particular or by rates as well */
function checkTaxes(
  customer: Stored<'customer'> | undefined,
  { automatic_tax, default_tax_rates, items = [] }: TaxParams,
  isAutomatic: boolean | undefined,
): void {
  if (automatic_tax?.enabled && customer) refuseUnlocated(customer);
  const own = items.flatMap(({ tax_rates }) => tax_rates ?? []);
  refuseBothTaxes(isAutomatic, { default_tax_rates, 'items[0][tax_rates]': own });
}

/** Without a status, Stripe lists what has not been canceled. */
function isWanted(status: string, asked: string | undefined): boolean {
  if (asked === 'all') return true;
  if (asked === 'ended') return ENDED.has(status);
  return asked === undefined ? status !== 'canceled' : status === asked;
}

function deleteDiscount(request: Context, _params: unknown, path: { readonly id: string }) {
  const subscription = request.get('subscription', path.id);
  const [first] = subscription.discounts;
  const discount = first && request.find('discount', first);
  if (!discount) {
    throw invalidRequest(
      `No active discount for subscription: ${path.id}`,
      undefined,
      'resource_missing',
    );
  }
  const ctx = onClock(request, path.id);
  ctx.emit('customer.discount.deleted', discount);
  updateSubscription(ctx, path.id, { discounts: [] });
  const { end: _end, ...rest } = discount;
  return { ...rest, deleted: true };
}
