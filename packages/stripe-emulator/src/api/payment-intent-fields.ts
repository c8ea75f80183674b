import type { Context } from '../core/context';
import { newId, randomText } from '../core/ids';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import type { Stored } from '../core/tables';
import { resolvePaymentMethod } from '../engine/attach-payment-method';
import { newPaymentIntent } from '../engine/payment-objects';
import { customerAccountOf } from './customer-account';
import { currency, email, url } from './fields';
import { removedMethodTypes } from './removed-method-types';

type Intent = Stored<'payment_intent'>;

/** How a customer agreed to later payments; cards need no mandate, so nothing follows from it. */
export const mandateData = object({
  customer_acceptance: required(
    object({
      accepted_at: timestamp(),
      offline: object({}),
      online: object({ ip_address: string(), user_agent: string() }),
      type: required(oneOf(['offline', 'online'])),
    }),
  ),
});

const changeable = {
  allowed_payment_method_types: unsettable(array(string())),
  excluded_payment_method_types: unsettable(array(string())),
  payment_method_types: removedMethodTypes(),
  description: string({ max: 1000 }),
  metadata: metadata(),
  payment_method: id(),
  receipt_email: email(),
  setup_future_usage: oneOf(['off_session', 'on_session']),
};

/** What `POST /v1/payment_intents/:id` takes. */
export const updateFields = { ...changeable, amount: integer({ min: 1 }) };

/** What confirming takes. */
export const confirmFields = {
  mandate_data: mandateData,
  off_session: boolean(),
  payment_method: id(),
  return_url: url(),
  setup_future_usage: changeable.setup_future_usage,
  use_stripe_sdk: boolean(),
};

/** What `POST /v1/payment_intents` takes. Payments are captured at once. */
export const createFields = {
  ...changeable,
  ...confirmFields,
  amount: required(integer({ min: 1 })),
  automatic_payment_methods: object({
    allow_redirects: oneOf(['always', 'never']),
    enabled: required(boolean()),
  }),
  capture_method: oneOf(['automatic', 'automatic_async']),
  confirm: boolean(),
  currency: required(currency()),
  customer: id(),
  customer_account: id(),
};

/** A payment made by hand, not yet confirmed, and the context of its customer's clock. */
export function createIntent(request: Context, params: FieldOutputs<typeof createFields>) {
  const customer = customerAccountOf(request, params);
  const ctx = request.onClockOf(customer);
  const method = params.payment_method
    ? resolvePaymentMethod(ctx, params.payment_method, 'payment_method').id
    : null;
  const automatic = params.automatic_payment_methods;
  const blank = newPaymentIntent({
    id: newId('pi'),
    secret: randomText(25),
    amount: params.amount,
    created: ctx.now,
    currency: params.currency,
    customer: customer?.id ?? null,
    description: params.description ?? null,
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, params.metadata),
    on_behalf_of: null,
    receipt_email: params.receipt_email ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
  });
  const intent = ctx.insert(
    'payment_intent',
    {
      ...blank,
      automatic_payment_methods: automatic
        ? {
            allow_redirects: automatic.allow_redirects ?? 'always',
            enabled: automatic.enabled,
          }
        : null,
      capture_method: params.capture_method ?? 'automatic',
      payment_method: method,
      status: method ? 'requires_confirmation' : 'requires_payment_method',
    },
    'payment_intent.created',
  );
  return { ctx, intent };
}

/** Changes a payment that is not made yet. */
export function changeIntent(
  ctx: Context,
  intent: Intent,
  params: FieldOutputs<typeof updateFields>,
): Intent {
  const { amount, description, receipt_email, setup_future_usage } = params;
  const { metadata: change, payment_method: named } = params;
  const method = named ? resolvePaymentMethod(ctx, named, 'payment_method').id : undefined;
  return ctx.update('payment_intent', intent.id, {
    ...(amount !== undefined && { amount }),
    ...(description !== undefined && { description }),
    ...(receipt_email !== undefined && { receipt_email }),
    ...(setup_future_usage !== undefined && { setup_future_usage }),
    ...(method && { payment_method: method, status: 'requires_confirmation' as const }),
    metadata: mergeMetadata(intent.metadata, change),
  });
}
