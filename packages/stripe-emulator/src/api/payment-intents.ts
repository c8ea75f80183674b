import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { id, missingParam, oneOf, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { resolvePaymentMethod } from '../engine/attach-payment-method';
import { collectInvoice, declinedError, paymentError } from '../engine/collection';
import { chargeIntent } from '../engine/payment-attempt';
import { settle } from '../engine/subscription-settle';
import {
  changeIntent,
  confirmFields,
  createFields,
  createIntent,
  updateFields,
} from './payment-intent-fields';

const right = 'payment_intent';

type Intent = Stored<'payment_intent'>;

/** One payment: of an invoice, of a Checkout session, or made by hand. */
export const paymentIntents: Resource = {
  routes: [
    route('POST /v1/payment_intents', { right, params: createFields }, (request, params) => {
      const { ctx, intent } = createIntent(request, params);
      return params.confirm ? confirm(ctx, intent, params) : intent;
    }),
    route(
      'GET /v1/payment_intents',
      {
        right,
        params: { ...paging, created: timeRange(), customer: id(), customer_account: id() },
      },
      (ctx, params) =>
        ctx.list('payment_intent', params, '/v1/payment_intents', {
          by: ['customer', params.customer],
          where: (intent) =>
            isWithin(intent.created, params.created) &&
            (params.customer_account ?? intent.customer_account) === intent.customer_account,
        }),
    ),
    route(
      'GET /v1/payment_intents/:id',
      { right, params: { client_secret: string() } },
      (ctx, _params, path) => ctx.get('payment_intent', path.id),
    ),
    route('POST /v1/payment_intents/:id', { right, params: updateFields }, (ctx, params, path) => {
      const intent = ctx.get('payment_intent', path.id);
      if (params.amount !== undefined && !OPEN.has(intent.status))
        throw unexpected(intent, 'update');
      return changeIntent(onClock(ctx, intent), intent, params);
    }),
    route(
      'POST /v1/payment_intents/:id/confirm',
      { right, params: confirmFields },
      (ctx, params, path) => {
        const intent = ctx.get('payment_intent', path.id);
        return confirm(onClock(ctx, intent), intent, params);
      },
    ),
    route(
      'POST /v1/payment_intents/:id/cancel',
      {
        right,
        params: {
          cancellation_reason: oneOf([
            'abandoned',
            'duplicate',
            'fraudulent',
            'requested_by_customer',
          ]),
        },
      },
      cancel,
    ),
  ],
  expansions: {
    payment_intent: {
      customer: 'customer',
      latest_charge: 'charge',
      on_behalf_of: 'account',
      payment_method: 'payment_method',
    },
  },
};

const OPEN: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/** Pays with a payment method: the intent's invoice if it has one, which keeps the method. */
function confirm(ctx: Context, intent: Intent, params: { payment_method?: string }): Intent {
  if (!OPEN.has(intent.status)) throw unexpected(intent, 'confirm');
  const named = params.payment_method ?? intent.payment_method;
  if (!named) throw missingParam('payment_method');
  const [payment] = ctx.by('invoice_payment', 'payment_intent', intent.id);
  const keeper = payment || intent.setup_future_usage ? intent.customer : null;
  const method = resolvePaymentMethod(ctx, named, 'payment_method', keeper);
  if (payment) {
    const collected = collectInvoice(ctx, payment.invoice, { method });
    settle(ctx, collected);
    if (collected.result.kind === 'declined') throw paymentError(ctx, collected);
  } else {
    const result = chargeIntent(ctx, intent, method);
    const failed = ctx.get('payment_intent', intent.id);
    if (result.kind === 'declined') throw declinedError(result, failed);
  }
  return ctx.get('payment_intent', intent.id);
}

function cancel(
  request: Context,
  params: { cancellation_reason?: Intent['cancellation_reason'] },
  path: { readonly id: string },
): Intent {
  const intent = request.get('payment_intent', path.id);
  if (!OPEN.has(intent.status)) throw unexpected(intent, 'cancel');
  const [payment] = request.by('invoice_payment', 'payment_intent', intent.id);
  if (payment) {
    throw invalidRequest(
      'You cannot cancel this PaymentIntent because it belongs to an invoice. Void the invoice instead.',
      undefined,
      'payment_intent_unexpected_state',
    );
  }
  const ctx = onClock(request, intent);
  const canceled = ctx.update('payment_intent', intent.id, {
    canceled_at: ctx.now,
    cancellation_reason: params.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  });
  ctx.emit('payment_intent.canceled', canceled);
  return canceled;
}

function unexpected(intent: Intent, verb: string): Error {
  const state =
    intent.status === 'canceled'
      ? 'been canceled'
      : verb === 'confirm'
        ? 'succeeded after being previously confirmed'
        : 'succeeded';
  return invalidRequest(
    `You cannot ${verb} this PaymentIntent because it has already ${state}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
}

function onClock(ctx: Context, intent: Intent): Context {
  return ctx.onClockOf(intent.customer ? ctx.find('customer', intent.customer) : undefined);
}
