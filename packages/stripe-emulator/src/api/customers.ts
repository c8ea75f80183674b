import type { Context } from '../core/context';
import { isWithin, paging, timeRange } from '../core/list';
import { id, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { countryRates } from '../engine/automatic-tax';
import { recordBalance } from '../engine/customer-balance';
import { cancelSubscription } from '../engine/subscription-end';
import { taxLocation } from '../engine/tax-location';
import { changesOf, checkTaxLocation, createCustomer } from './create-customer';
import { createFields, fields } from './customer-fields';

/** Subscriptions in these states are over already. */
const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

export const customers: Resource = {
  routes: [
    route('POST /v1/customers', { right: 'customer', params: createFields }, createCustomer),
    route(
      'GET /v1/customers',
      {
        right: 'customer',
        params: { ...paging, created: timeRange(), email: string({ max: 512 }), test_clock: id() },
      },
      (ctx, params) =>
        ctx.list('customer', params, '/v1/customers', {
          by:
            params.email === undefined
              ? ['test_clock', params.test_clock]
              : ['email', params.email],
          where: (customer) =>
            isWithin(customer.created, params.created) &&
            // Without that parameter, those on test clocks are left out (the SDK's types say so).
            customer.test_clock === (params.test_clock ?? null),
        }),
    ),
    route(
      'GET /v1/customers/:customer',
      { right: 'customer', params: {} },
      (ctx, _params, path) => {
        const deleted = ctx.find('_deleted', path.customer);
        return deleted?.object === 'customer' ? deleted : ctx.get('customer', path.customer);
      },
    ),
    route(
      'POST /v1/customers/:customer',
      { right: 'customer', params: fields },
      (request, params, path) => {
        const customer = request.get('customer', path.customer);
        const ctx = request.onClockOf(customer);
        const changes = changesOf(ctx, customer, params);
        if (params.address !== undefined || params.shipping !== undefined || params.tax) {
          checkTaxLocation(ctx, { ...customer, ...changes }, params.tax?.validate_location);
        }
        const changed = ctx.update('customer', customer.id, changes, 'customer.updated');
        const moved = changed.balance - customer.balance;
        if (moved !== 0) recordBalance(ctx, changed, moved, { type: 'adjustment' });
        return changed;
      },
    ),
    route('DELETE /v1/customers/:customer', { right: 'customer', params: {} }, (ctx, _p, path) =>
      deleteCustomer(ctx, ctx.get('customer', path.customer)),
    ),
  ],
  expansions: {
    customer: {
      address: 'embedded',
      default_source: 'payment_method',
      discount: 'embedded',
      shipping: 'embedded',
      'invoice_settings.default_payment_method': 'payment_method',
      subscriptions: (ctx, customer) =>
        ctx.list('subscription', {}, `/v1/customers/${customer}/subscriptions`, {
          by: ['customer', customer],
          where: (subscription) => subscription.status !== 'canceled',
        }),
      tax: taxOf,
      tax_ids: (ctx, customer) =>
        ctx.list('tax_id', {}, `/v1/customers/${customer}/tax_ids`, { by: ['customer', customer] }),
      test_clock: 'test_helpers.test_clock',
    },
  },
};

/** Where automatic tax takes a customer to be, and whether any is collected there. */
function taxOf(ctx: Context, id: string) {
  const customer = ctx.find('customer', id);
  const location = customer && taxLocation(customer);
  const isCollected = location && countryRates(ctx)[location.country] !== undefined;
  return {
    automatic_tax: location
      ? isCollected
        ? 'supported'
        : 'not_collecting'
      : 'unrecognized_location',
    ip_address: null,
    location: location ?? null,
    provider: 'stripe',
  };
}

/** Deleting a customer ends at once what they subscribe to, and lets go of their cards. */
export function deleteCustomer(request: Context, customer: Stored<'customer'>) {
  const ctx = request.onClockOf(customer);
  for (const subscription of [...ctx.by('subscription', 'customer', customer.id)]) {
    if (!ENDED.has(subscription.status)) cancelSubscription(ctx, subscription.id);
  }
  for (const method of [...ctx.by('payment_method', 'customer', customer.id)]) {
    ctx.world._detached.put({ id: method.id });
    ctx.update('payment_method', method.id, { customer: null, customer_account: null });
  }
  return ctx.remove('customer', customer.id, 'customer.deleted');
}
