import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata } from '../core/metadata';
import { type FieldOutputs, id, oneOf, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { confirmPayment } from '../engine/confirm-payment';
import { captureHeld, holdExpired, releaseHold } from '../engine/held-payments';
import {
  changeIntent,
  chosenMethod,
  createIntent,
  toldWhenConfirmed,
} from './payment-intent-changes';
import { captureFields, confirmFields, createFields, updateFields } from './payment-intent-fields';
import {
  refuseCancel,
  refuseCapture,
  refuseConfirm,
  unexpectedState,
} from './payment-intent-refusals';

const right = 'payment_intent';

type Intent = Stored<'payment_intent'>;
type Confirming = FieldOutputs<typeof confirmFields>;

/** One payment: of an invoice, of a Checkout session, or made by hand. */
export const paymentIntents: Resource = {
  routes: [
    route('POST /v1/payment_intents', { right, params: createFields }, (request, params) => {
      const { ctx, intent, method } = createIntent(request, params);
      if (!params.confirm) return intent;
      return confirm(ctx, intent, params, refuseConfirm(intent, method));
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
      return changeIntent(onClock(ctx, intent), intent, params);
    }),
    route(
      'POST /v1/payment_intents/:id/confirm',
      { right, params: confirmFields },
      (request, params, path) => {
        const intent = request.get('payment_intent', path.id);
        const ctx = onClock(request, intent);
        const method = chosenMethod(ctx, params, intent.customer) ?? currentMethod(ctx, intent);
        const chosen = refuseConfirm(intent, method);
        return confirm(ctx, toldWhenConfirmed(ctx, intent, params), params, chosen);
      },
    ),
    route(
      'POST /v1/payment_intents/:id/capture',
      { right, params: captureFields },
      (request, params, path) => {
        const intent = request.get('payment_intent', path.id);
        refuseCapture(intent);
        return captureHeld(onClock(request, intent), intent, {
          amount_to_capture: params.amount_to_capture,
          metadata: mergeMetadata(intent.metadata, params.metadata),
          statement_descriptor_suffix: params.statement_descriptor_suffix,
        });
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
  due: { 'payment_intent.expire': holdExpired },
};

/** Pays with a payment method, the intent's invoice if it has one. */
function confirm(
  ctx: Context,
  intent: Intent,
  params: Confirming,
  method: Stored<'payment_method'>,
): Intent {
  const { off_session: offSession = false, return_url: returnUrl } = params;
  if (mayRedirect(intent) && returnUrl === undefined && !offSession) {
    throw invalidRequest(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
  return confirmPayment(ctx, intent, method, {
    failsOnAction: offSession !== false || params.error_on_requires_action,
    offSession: offSession !== false,
    returnUrl: params.use_stripe_sdk ? undefined : returnUrl,
  });
}

/** Whether a payment was made for the payment methods of the Dashboard, redirects included. */
function mayRedirect({ automatic_payment_methods: automatic }: Intent): boolean {
  return automatic?.enabled === true && automatic.allow_redirects !== 'never';
}

function cancel(
  request: Context,
  params: { cancellation_reason?: Intent['cancellation_reason'] },
  path: { readonly id: string },
): Intent {
  const intent = request.get('payment_intent', path.id);
  refuseCancel(intent);
  const [payment] = request.by('invoice_payment', 'payment_intent', intent.id);
  if (payment) {
    throw unexpectedState(
      intent,
      'You cannot cancel this PaymentIntent because it belongs to an invoice. Void the invoice instead.',
    );
  }
  const ctx = onClock(request, intent);
  releaseHold(ctx, intent);
  const canceled = ctx.update('payment_intent', intent.id, {
    amount_capturable: 0,
    canceled_at: ctx.now,
    cancellation_reason: params.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  });
  ctx.emit('payment_intent.canceled', canceled);
  return canceled;
}

function currentMethod(ctx: Context, intent: Intent): Stored<'payment_method'> | undefined {
  return intent.payment_method === null
    ? undefined
    : ctx.find('payment_method', intent.payment_method);
}

function onClock(ctx: Context, intent: Intent): Context {
  return ctx.onClockOf(intent.customer ? ctx.find('customer', intent.customer) : undefined);
}
