import type { Context } from '../core/context';
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
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { fromToken } from '../engine/create-card';
import { createSetupIntent } from '../engine/setup-intent-object';
import { confirmIntent } from './confirm-setup-intent';
import { createPaymentMethod, paymentMethodFields } from './create-payment-method';
import { customerAccountOf } from './customer-account';
import { url } from './fields';
import { mandateData } from './payment-intent-fields';
import { removedMethodTypes } from './removed-method-types';
import { checkOwner, refuseCancel, refuseConfirm, unexpectedState } from './setup-intent-refusals';

type Intent = Stored<'setup_intent'>;
type Method = Stored<'payment_method'>;

const methodFields = {
  payment_method: id(),
  payment_method_data: object(paymentMethodFields),
};

const confirmFields = {
  ...methodFields,
  mandate_data: mandateData,
  return_url: url(),
  use_stripe_sdk: boolean(),
};

const updateFields = {
  ...methodFields,
  customer: id(),
  customer_account: id(),
  description: string(),
  metadata: metadata(),
  allowed_payment_method_types: unsettable(array(string())),
  excluded_payment_method_types: unsettable(array(string())),
  payment_method_types: removedMethodTypes(),
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
  usage: oneOf(['off_session', 'on_session']),
};

const right = 'setup_intent';

export const setupIntents: Resource = {
  routes: [
    route('POST /v1/setup_intents', { right, params: createFields }, createIntent),
    route(
      'GET /v1/setup_intents',
      {
        right,
        params: {
          ...paging,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          payment_method: id(),
        },
      },
      (ctx, params) => {
        if (params.customer) ctx.get('customer', params.customer, 'customer');
        return ctx.list('setup_intent', params, '/v1/setup_intents', {
          by: ['customer', params.customer],
          where: (intent) =>
            isWithin(intent.created, params.created) &&
            (params.customer_account ?? intent.customer_account) === intent.customer_account &&
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
        return confirmIntent(ctx, intent, refuseConfirm(intent, method), params.return_url);
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
        const canceled = ctx.update('setup_intent', intent.id, changes);
        ctx.emit('setup_intent.canceled', canceled);
        return canceled;
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
  const customer = customerAccountOf(ctx, params);
  const own = ctx.onClockOf(customer);
  const method = chosenMethod(own, params);
  checkOwner(method, customer?.id ?? null);
  const automatic = params.automatic_payment_methods;
  const intent = createSetupIntent(own, {
    automatic_payment_methods: automatic && {
      allow_redirects: automatic.allow_redirects ?? 'always',
      enabled: automatic.enabled,
    },
    customer,
    description: params.description,
    metadata: mergeMetadata({}, params.metadata),
    method,
    on_behalf_of: params.on_behalf_of,
    usage: params.usage,
  });
  if (!params.confirm) return intent;
  return confirmIntent(own, intent, refuseConfirm(intent, method), params.return_url);
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
