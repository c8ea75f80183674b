import type { Context } from '../core/context';
import { newId, randomText } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  exclusive,
  type FieldOutputs,
  id,
  object,
  oneOf,
  required,
  string,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { fromToken } from '../engine/create-card';
import { announce, confirmIntent } from './confirm-setup-intent';
import { createPaymentMethod, paymentMethodFields } from './create-payment-method';
import { customerAccountOf } from './customer-account';
import { url } from './fields';
import { checkOwner, refuseCancel, refuseConfirm, unexpectedState } from './setup-intent-refusals';

type Intent = Stored<'setup_intent'>;
type Method = Stored<'payment_method'>;

const methodFields = {
  payment_method: id(),
  payment_method_data: object(paymentMethodFields),
};

const confirmFields = { ...methodFields, return_url: url(), use_stripe_sdk: boolean() };

const updateFields = {
  ...methodFields,
  customer: id(),
  customer_account: id(),
  description: string(),
  metadata: metadata(),
  payment_method_types: array(oneOf(['card'])),
};

const createFields = {
  ...updateFields,
  ...confirmFields,
  automatic_payment_methods: object({
    allow_redirects: oneOf(['always', 'never']),
    enabled: required(boolean()),
  }),
  confirm: boolean(),
  on_behalf_of: id(),
  usage: string(),
};

const right = 'setup_intent';

export const setupIntents: Resource = {
  routes: [
    route('POST /v1/setup_intents', { right, params: createFields }, createIntent),
    route(
      'GET /v1/setup_intents',
      {
        right,
        params: { ...paging, created: timeRange(), customer: id(), payment_method: id() },
      },
      (ctx, params) => {
        if (params.customer) ctx.get('customer', params.customer, 'customer');
        return ctx.list('setup_intent', params, '/v1/setup_intents', {
          by: ['customer', params.customer],
          where: (intent) =>
            isWithin(intent.created, params.created) &&
            (params.payment_method === undefined ||
              intent.payment_method === params.payment_method),
        });
      },
    ),
    route(
      'GET /v1/setup_intents/:intent',
      { right, params: { client_secret: string() } },
      (ctx, _p, path) => ctx.get('setup_intent', path.intent),
    ),
    route('POST /v1/setup_intents/:intent', { right, params: updateFields }, (ctx, params, path) =>
      updateIntent(ctx, ctx.get('setup_intent', path.intent), params),
    ),
    route(
      'POST /v1/setup_intents/:intent/confirm',
      { right, params: confirmFields },
      (ctx, params, path) => {
        const intent = ctx.get('setup_intent', path.intent);
        const method = chosenMethod(ctx, params) ?? currentMethod(ctx, intent);
        checkOwner(method, intent.customer, intent);
        return confirmIntent(ctx, intent, refuseConfirm(intent, method));
      },
    ),
    route(
      'POST /v1/setup_intents/:intent/cancel',
      {
        right,
        params: {
          cancellation_reason: oneOf(['abandoned', 'duplicate', 'requested_by_customer']),
        },
      },
      (ctx, params, path) => {
        const intent = ctx.get('setup_intent', path.intent);
        refuseCancel(intent);
        const { cancellation_reason = null } = params;
        const changes = { cancellation_reason, next_action: null, status: 'canceled' as const };
        return announce(
          ctx,
          ctx.update('setup_intent', intent.id, changes),
          'setup_intent.canceled',
        );
      },
    ),
  ],
  expansions: {
    setup_intent: {
      customer: 'customer',
      on_behalf_of: 'account',
      payment_method: 'payment_method',
    },
  },
};

function createIntent(ctx: Context, params: FieldOutputs<typeof createFields>): Intent {
  exclusive(params, 'automatic_payment_methods', 'payment_method_types');
  const customer = customerAccountOf(ctx, params);
  const own = ctx.onClockOf(customer);
  const method = chosenMethod(own, params);
  checkOwner(method, customer?.id ?? null);
  const intentId = newId('seti');
  const intent = own.insert(
    'setup_intent',
    {
      id: intentId,
      object: 'setup_intent',
      allowed_payment_method_types: null,
      application: null,
      automatic_payment_methods: params.automatic_payment_methods
        ? {
            allow_redirects: params.automatic_payment_methods.allow_redirects ?? 'always',
            enabled: params.automatic_payment_methods.enabled,
          }
        : null,
      cancellation_reason: null,
      client_secret: `${intentId}_secret_${randomText(24)}`,
      created: own.now,
      customer: customer?.id ?? null,
      customer_account: customer?.customer_account ?? null,
      description: params.description ?? null,
      excluded_payment_method_types: null,
      flow_directions: null,
      last_setup_error: null,
      latest_attempt: null,
      livemode: own.livemode,
      managed_payments: null,
      mandate: null,
      metadata: mergeMetadata({}, params.metadata),
      next_action: null,
      on_behalf_of: params.on_behalf_of ?? null,
      payment_method: method?.id ?? null,
      payment_method_configuration_details: null,
      payment_method_options: {
        card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
      },
      payment_method_types: ['card'],
      single_use_mandate: null,
      status: method ? 'requires_confirmation' : 'requires_payment_method',
      usage: 'off_session',
    },
    'setup_intent.created',
  );
  if (!params.confirm) return intent;
  return confirmIntent(own, intent, refuseConfirm(intent, method));
}

function updateIntent(
  ctx: Context,
  intent: Intent,
  params: FieldOutputs<typeof updateFields>,
): Intent {
  const { description, metadata: change } = params;
  const customer = customerAccountOf(ctx, params);
  const method = chosenMethod(ctx, params);
  if ((method || customer) && (intent.status === 'succeeded' || intent.status === 'canceled')) {
    throw unexpectedState(
      `You cannot update this SetupIntent because it has ${intent.status === 'canceled' ? 'been canceled' : 'already succeeded'}.`,
      intent,
    );
  }
  checkOwner(method, customer?.id ?? intent.customer, intent);
  return ctx.update('setup_intent', intent.id, {
    ...(description !== undefined && { description }),
    ...(customer && { customer: customer.id }),
    ...(method && { payment_method: method.id, status: 'requires_confirmation' as const }),
    metadata: mergeMetadata(intent.metadata ?? {}, change),
  });
}

/** The payment method a request names or describes; a test id becomes a new one. */
function chosenMethod(ctx: Context, params: FieldOutputs<typeof methodFields>): Method | undefined {
  exclusive(params, 'payment_method', 'payment_method_data');
  if (params.payment_method_data) return createPaymentMethod(ctx, params.payment_method_data);
  if (params.payment_method === undefined) return undefined;
  const fresh = fromToken(ctx, params.payment_method);
  return fresh ?? ctx.get('payment_method', params.payment_method, 'payment_method');
}

function currentMethod(ctx: Context, intent: Intent): Method | undefined {
  return intent.payment_method === null
    ? undefined
    : ctx.find('payment_method', intent.payment_method);
}
