import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { exclusive, type FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { refuseUsedUp } from '../engine/attach-payment-method';
import { fromToken } from '../engine/create-card';
import { CARD_OPTIONS, newPaymentIntent } from '../engine/payment-objects';
import { createPaymentMethod } from './create-payment-method';
import { customerAccountOf } from './customer-account';
import { mergeShipping } from './fields';
import type { confirmFields, createFields, updateFields } from './payment-intent-fields';
import { checkAmount, checkOwner, refuseUpdate } from './payment-intent-refusals';

type Intent = Stored<'payment_intent'>;
type Method = Stored<'payment_method'>;
type Confirming = FieldOutputs<typeof confirmFields>;

const ONLY_CONFIRMING = [
  'error_on_requires_action',
  'mandate_data',
  'off_session',
  'return_url',
] as const;

/** A payment made by hand, not yet confirmed, and the context of its customer's clock. */
export function createIntent(
  request: Context,
  params: FieldOutputs<typeof createFields>,
): { ctx: Context; intent: Intent; method: Method | undefined } {
  const early = ONLY_CONFIRMING.find((name) => params[name] !== undefined);
  if (early && !params.confirm) {
    throw invalidRequest(
      `You may only specify \`${early}\` when \`confirm\` is set to \`true\`.`,
      early,
    );
  }
  checkAmount(params.amount, params.currency);
  if (params.on_behalf_of) request.get('account', params.on_behalf_of, 'on_behalf_of');
  const customer = customerAccountOf(request, params);
  const ctx = request.onClockOf(customer);
  const method = chosenMethod(ctx, params, customer?.id ?? null);
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
    on_behalf_of: params.on_behalf_of ?? null,
    receipt_email: params.receipt_email ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
  });
  const intent = ctx.insert(
    'payment_intent',
    {
      ...blank,
      ...toldOf(blank, params),
      automatic_payment_methods: automatic
        ? { allow_redirects: automatic.allow_redirects ?? 'always', enabled: automatic.enabled }
        : null,
      capture_method: params.capture_method ?? 'automatic_async',
      confirmation_method: params.confirmation_method ?? 'automatic',
      customer_account: customer?.customer_account ?? null,
      payment_method: method?.id ?? null,
      status: method ? 'requires_confirmation' : 'requires_payment_method',
    },
    'payment_intent.created',
  );
  return { ctx, intent, method };
}

/** Changes a payment that is not made yet; of one that is made, only what describes it. */
export function changeIntent(
  ctx: Context,
  intent: Intent,
  params: FieldOutputs<typeof updateFields>,
): Intent {
  const { amount, currency, description, metadata: change } = params;
  if (amount !== undefined || currency !== undefined) {
    refuseUpdate(intent);
    checkAmount(amount ?? intent.amount, currency ?? intent.currency);
  }
  const customer = customerAccountOf(ctx, params);
  const owner = customer?.id ?? intent.customer;
  const method = chosenMethod(ctx, params, owner);
  if (method || customer) refuseUpdate(intent);
  return ctx.update('payment_intent', intent.id, {
    ...toldOf(intent, params),
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
    ...(params.capture_method && { capture_method: params.capture_method }),
    ...(description !== undefined && { description }),
    ...(customer && { customer: customer.id, customer_account: customer.customer_account }),
    ...(method && {
      next_action: null,
      payment_method: method.id,
      status: 'requires_confirmation' as const,
    }),
    metadata: mergeMetadata(intent.metadata, change),
  });
}

/** What confirming says of a payment before it is made. */
export function toldWhenConfirmed(ctx: Context, intent: Intent, params: Confirming): Intent {
  return ctx.update('payment_intent', intent.id, {
    ...toldOf(intent, params),
    ...(params.capture_method && { capture_method: params.capture_method }),
  });
}

/**
 * The payment method that a request names or describes; a test id becomes a new one.
 * @throws StripeError for one that is somebody else's, or used up
 */
export function chosenMethod(
  ctx: Context,
  params: Pick<Confirming, 'payment_method' | 'payment_method_data'>,
  customer: string | null,
): Method | undefined {
  exclusive(params, 'payment_method', 'payment_method_data');
  if (params.payment_method_data) return createPaymentMethod(ctx, params.payment_method_data);
  if (params.payment_method === undefined) return undefined;
  const fresh = fromToken(ctx, params.payment_method);
  const method = fresh ?? ctx.get('payment_method', params.payment_method, 'payment_method');
  checkOwner(method, customer);
  refuseUsedUp(ctx, method);
  return method;
}

function toldOf(intent: Intent, params: Confirming | FieldOutputs<typeof updateFields>) {
  const { payment_method_options: options, receipt_email, setup_future_usage, shipping } = params;
  const allowed = params.allowed_payment_method_types;
  const excluded = params.excluded_payment_method_types;
  const told: Partial<Intent> = {
    ...(allowed !== undefined && { allowed_payment_method_types: allowed }),
    ...(excluded !== undefined && { excluded_payment_method_types: excluded }),
    ...(options?.card && {
      payment_method_options: {
        ...intent.payment_method_options,
        card: { ...CARD_OPTIONS, ...intent.payment_method_options?.card, ...options.card },
      },
    }),
    ...(receipt_email !== undefined && { receipt_email }),
    ...(setup_future_usage !== undefined && { setup_future_usage }),
    ...(shipping !== undefined && {
      shipping: shipping === null ? null : mergeShipping(intent.shipping, shipping),
    }),
  };
  if ('statement_descriptor' in params) told.statement_descriptor = params.statement_descriptor;
  if ('statement_descriptor_suffix' in params) {
    told.statement_descriptor_suffix = params.statement_descriptor_suffix;
  }
  if ('transfer_group' in params) told.transfer_group = params.transfer_group;
  return told;
}
