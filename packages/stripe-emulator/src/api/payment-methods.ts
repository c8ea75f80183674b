import type { Context } from '../core/context';
import { invalidRequest, StripeError } from '../core/errors';
import { paging } from '../core/list';
import { type MetadataChange, mergeMetadata, metadata } from '../core/metadata';
import { id, integer, type Output, object, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { attachPaymentMethod } from '../engine/attach-payment-method';
import { fromToken } from '../engine/create-card';
import {
  allowRedisplay,
  billingDetails,
  billingOf,
  createPaymentMethod,
  paymentMethodFields,
} from './create-payment-method';
import { customerAccountOf } from './customer-account';
import { detachPaymentMethod } from './detach-payment-method';

export const paymentMethods: Resource = {
  routes: [
    route(
      'POST /v1/payment_methods',
      { right: 'payment_method', params: { ...paymentMethodFields, customer: id() } },
      (ctx, params) => {
        if (params.customer === undefined) return createPaymentMethod(ctx, params);
        throw invalidRequest(
          'You cannot attach a PaymentMethod to a Customer during PaymentMethod creation. Please instead create the PaymentMethod and then attach it using the attachment method of the PaymentMethods API.',
        );
      },
    ),
    route(
      'GET /v1/payment_methods',
      {
        right: 'payment_method',
        params: {
          ...paging,
          allow_redisplay: allowRedisplay,
          customer: id(),
          customer_account: id(),
          type: string(),
        },
      },
      (ctx, params) => {
        const customer = customerAccountOf(ctx, params);
        return listMethods(ctx, params, '/v1/payment_methods', customer?.id ?? 'nobody');
      },
    ),
    route(
      'GET /v1/payment_methods/:payment_method',
      { right: 'payment_method', params: {} },
      (ctx, _params, path) => ctx.get('payment_method', path.payment_method),
    ),
    route(
      'POST /v1/payment_methods/:payment_method',
      {
        right: 'payment_method',
        params: {
          allow_redisplay: allowRedisplay,
          billing_details: billingDetails,
          card: object({ exp_month: integer({ min: 1, max: 12 }), exp_year: integer() }),
          metadata: metadata(),
        },
      },
      updatePaymentMethod,
    ),
    route(
      'POST /v1/payment_methods/:payment_method/attach',
      { right: 'payment_method', params: { customer: id(), customer_account: id() } },
      (ctx, params, path) => {
        const customer = customerAccountOf(ctx, params);
        if (!customer) {
          throw invalidRequest(
            'Must provide customer or customer_account.',
            undefined,
            'parameter_missing',
          );
        }
        const own = ctx.onClockOf(customer);
        const fresh = fromToken(own, path.payment_method);
        const method = fresh ?? ctx.get('payment_method', path.payment_method);
        return attachPaymentMethod(own, method, customer.id);
      },
    ),
    route(
      'POST /v1/payment_methods/:payment_method/detach',
      { right: 'payment_method', params: {} },
      (ctx, _params, path) =>
        detachPaymentMethod(ctx, ctx.get('payment_method', path.payment_method)),
    ),
    route(
      'GET /v1/customers/:customer/payment_methods',
      {
        right: 'payment_method',
        params: { ...paging, allow_redisplay: allowRedisplay, type: string() },
      },
      (ctx, params, path) => {
        const customer = ctx.get('customer', path.customer);
        const url = `/v1/customers/${customer.id}/payment_methods`;
        return listMethods(ctx, params, url, customer.id);
      },
    ),
    route(
      'GET /v1/customers/:customer/payment_methods/:payment_method',
      { right: 'payment_method', params: {} },
      (ctx, _params, path) => {
        const customer = ctx.get('customer', path.customer);
        const method = ctx.get('payment_method', path.payment_method);
        if (method.customer === customer.id) return method;
        throw new StripeError(404, {
          type: 'invalid_request_error',
          message: 'Invalid request',
          param: 'customer',
        });
      },
    ),
  ],
  expansions: { payment_method: { customer: 'customer' } },
};

function updatePaymentMethod(
  ctx: Context,
  params: {
    allow_redisplay?: Output<typeof allowRedisplay>;
    billing_details?: Output<typeof billingDetails>;
    card?: { exp_month?: number; exp_year?: number };
    metadata?: MetadataChange;
  },
  path: { readonly payment_method: string },
): Stored<'payment_method'> {
  const method = ctx.get('payment_method', path.payment_method);
  const { allow_redisplay, billing_details: billing, card } = params;
  return ctx.update(
    'payment_method',
    method.id,
    {
      ...(allow_redisplay && { allow_redisplay }),
      ...(billing && { billing_details: billingOf(method.billing_details, billing) }),
      ...(card && method.card && { card: { ...method.card, ...card } }),
      metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
    },
    'payment_method.updated',
  );
}

function listMethods(
  ctx: Context,
  params: { allow_redisplay?: string; type?: string; limit?: number },
  url: string,
  customer: string,
) {
  return ctx.list('payment_method', params, url, {
    by: ['customer', customer],
    where: (method) =>
      (params.allow_redisplay === undefined || method.allow_redisplay === params.allow_redisplay) &&
      (params.type === undefined || method.type === params.type),
  });
}
