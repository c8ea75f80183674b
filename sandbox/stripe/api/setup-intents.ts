import type { Context } from '../core/context';
import { cardError, StripeError } from '../core/errors';
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
import { asksForAuthentication, cardOf, markAuthenticated } from '../engine/cards';
import { declineOf } from '../engine/declines';
import { customerAccountOf } from './customer-account';
import { url } from './fields';
import { attachPaymentMethod, fromToken } from './payment-method-input';
import { createPaymentMethod, paymentMethodFields } from './payment-methods';

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
        refuseState(intent, method);
        checkOwner(method, intent.customer, intent);
        return confirmIntent(ctx, intent, method);
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
  refuseState(intent, method);
  return confirmIntent(own, intent, method);
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

/** Tries to set the card up: it is attached to the customer, or asks for authentication, or fails. */
function confirmIntent(request: Context, intent: Intent, method: Method | undefined): Intent {
  if (!method) return intent;
  const customer = intent.customer === null ? undefined : request.get('customer', intent.customer);
  const ctx = request.onClockOf(customer);
  const latest_attempt = newId('setatt');
  const card = cardOf(ctx, method);
  if (card.decline && card.declinesSetup) return failIntent(ctx, intent, method, card.decline);
  if (asksForAuthentication(ctx, method) && intent.status !== 'requires_action') {
    const waiting = ctx.update('setup_intent', intent.id, {
      latest_attempt,
      next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
      payment_method: method.id,
      status: 'requires_action',
    });
    return announce(ctx, waiting, 'setup_intent.requires_action');
  }
  if (intent.status === 'requires_action') markAuthenticated(ctx, method);
  if (customer) attachPaymentMethod(ctx, method, customer.id);
  const done = ctx.update('setup_intent', intent.id, {
    last_setup_error: null,
    latest_attempt,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  return announce(ctx, done, 'setup_intent.succeeded');
}

/** The failed try stays on record; the intent asks for another payment method. */
function failIntent(ctx: Context, intent: Intent, method: Method, reason: string): never {
  const { code, decline_code, message } = declineOf(reason);
  const param =
    code === 'expired_card' ? 'exp_month' : code === 'incorrect_cvc' ? 'cvc' : undefined;
  const failed = ctx.update('setup_intent', intent.id, {
    last_setup_error: {
      code,
      decline_code,
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
      message,
      ...(param && { param }),
      payment_method: method,
      type: 'card_error',
    },
    latest_attempt: newId('setatt'),
    payment_method: null,
    status: 'requires_payment_method',
  });
  announce(ctx, failed, 'setup_intent.setup_failed');
  throw cardError(message, code, {
    decline_code,
    ...(param && { param }),
    payment_method: method,
    setup_intent: failed,
  });
}

function announce(ctx: Context, intent: Intent, event: Parameters<Context['emit']>[0]): Intent {
  ctx.emit(event, intent);
  return intent;
}

/** @throws StripeError when a payment method is somebody else's than the intent's customer */
function checkOwner(method: Method | undefined, customer: string | null, intent?: Intent): void {
  if (!method || method.customer === null || method.customer === customer) return;
  const message =
    customer === null
      ? `The payment method supplied (${method.id}) belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter on the SetupIntent.`
      : `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`;
  throw new StripeError(400, {
    type: 'invalid_request_error',
    message,
    param: 'payment_method',
    ...(intent && { setup_intent: intent }),
  });
}

function refuseState(intent: Intent, method: Method | undefined): void {
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      'You cannot confirm this SetupIntent because it has already succeeded.',
      intent,
    );
  }
  if (intent.status === 'canceled') {
    throw unexpectedState(
      'You cannot confirm this SetupIntent because it has been canceled.',
      intent,
    );
  }
  if (method) return;
  throw unexpectedState(
    "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    intent,
  );
}

function refuseCancel(intent: Intent): void {
  if (intent.status === 'canceled') {
    throw unexpectedState(
      'You cannot cancel this SetupIntent because it is already canceled.',
      intent,
    );
  }
  if (intent.status !== 'succeeded') return;
  throw unexpectedState(
    'You cannot cancel this SetupIntent because it has a status of succeeded. Only a SetupIntent with one of the following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.',
    intent,
  );
}

function unexpectedState(message: string, intent: Intent): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'setup_intent_unexpected_state',
    message,
    setup_intent: intent,
  });
}
