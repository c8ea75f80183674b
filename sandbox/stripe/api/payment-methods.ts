import type { Context } from '../core/context';
import { invalidRequest, StripeError } from '../core/errors';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  type FieldOutputs,
  id,
  integer,
  missingParam,
  type Output,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { customerAccountOf } from './customer-account';
import { addressParam, email, mergeAddress } from './fields';
import { attachPaymentMethod, createCard, fromToken } from './payment-method-input';

const billingDetails = object({
  address: unsettable(addressParam()),
  email: unsettable(email()),
  name: unsettable(string()),
  phone: unsettable(string()),
  tax_id: unsettable(string()),
});

const allowRedisplay = oneOf(['always', 'limited', 'unspecified']);

type BillingDetails = Stored<'payment_method'>['billing_details'];

/** What makes a new payment method; also `payment_method_data` of an intent. */
export const paymentMethodFields = {
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: object({
    cvc: string(),
    exp_month: integer(),
    exp_year: integer(),
    number: string(),
    token: string(),
  }),
  metadata: metadata(),
  type: required(oneOf(['card'])),
};

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
      (ctx, _params, path) => detach(ctx, ctx.get('payment_method', path.payment_method)),
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

/** Makes a payment method of a card number or a token. */
export function createPaymentMethod(
  ctx: Context,
  params: FieldOutputs<typeof paymentMethodFields>,
): Stored<'payment_method'> {
  const { card } = params;
  if (!card) throw missingParam('card');
  const details = {
    allow_redisplay: params.allow_redisplay,
    billing_details: params.billing_details && billingOf(undefined, params.billing_details),
    metadata: params.metadata,
  };
  if (card.token !== undefined) {
    const method = fromToken(ctx, card.token, details);
    if (method) return method;
    throw invalidRequest(`Invalid token id: ${card.token}`, 'token');
  }
  const { number, exp_month, exp_year, cvc } = card;
  if (number === undefined) throw missingParam('card[number]');
  if (exp_month === undefined) throw missingParam('card[exp_month]');
  if (exp_year === undefined) throw missingParam('card[exp_year]');
  return createCard(ctx, { number, exp_month, exp_year, cvc }, details);
}

function updatePaymentMethod(
  ctx: Context,
  params: {
    allow_redisplay?: Output<typeof allowRedisplay>;
    billing_details?: Output<typeof billingDetails>;
    card?: { exp_month?: number; exp_year?: number };
    metadata?: Parameters<typeof mergeMetadata>[1];
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

/** What used the payment method by default goes without one. */
function detach(request: Context, method: Stored<'payment_method'>): Stored<'payment_method'> {
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  const customer = request.get('customer', method.customer);
  const ctx = request.onClockOf(customer);
  ctx.world._detached.put({ id: method.id });
  const detached = ctx.update(
    'payment_method',
    method.id,
    { customer: null, customer_account: null },
    'payment_method.detached',
  );
  if (customer.invoice_settings.default_payment_method === method.id) {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
    ctx.update('customer', customer.id, { invoice_settings }, 'customer.updated');
  }
  for (const subscription of [...ctx.by('subscription', 'customer', customer.id)]) {
    if (subscription.default_payment_method !== method.id) continue;
    ctx.update(
      'subscription',
      subscription.id,
      { default_payment_method: null },
      'customer.subscription.updated',
    );
  }
  return detached;
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

function billingOf(
  current: BillingDetails | undefined,
  given: Output<typeof billingDetails>,
): BillingDetails {
  const { address, ...plain } = given;
  return {
    email: null,
    name: null,
    phone: null,
    tax_id: null,
    ...current,
    ...plain,
    address: mergeAddress(current?.address, address ?? {}),
  };
}
