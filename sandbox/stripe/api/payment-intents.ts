import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, id, missingParam, oneOf, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { resolvePaymentMethod as methodFor } from '../engine/attach-payment-method';
import { collectInvoice, paymentError } from '../engine/collection';
import { settle } from '../engine/subscription-settle';

const right = 'payment_intent';

/** Payment intents as invoices make them: they can be read, and confirmed as Stripe.js would. */
export const paymentIntents: Resource = {
  routes: [
    route(
      'GET /v1/payment_intents',
      { right, params: { ...paging, created: timeRange(), customer: id() } },
      (ctx, params) =>
        ctx.list('payment_intent', params, '/v1/payment_intents', {
          by: ['customer', params.customer],
          where: (intent) => isWithin(intent.created, params.created),
        }),
    ),
    route(
      'GET /v1/payment_intents/:id',
      { right, params: { client_secret: string() } },
      (ctx, _params, path) => ctx.get('payment_intent', path.id),
    ),
    route(
      'POST /v1/payment_intents/:id/confirm',
      {
        right,
        params: {
          off_session: boolean(),
          payment_method: id(),
          return_url: string(),
          setup_future_usage: oneOf(['off_session', 'on_session']),
        },
      },
      confirm,
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

const CONFIRMABLE: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/** Pays the intent's invoice with a payment method, which is kept for the customer. */
function confirm(
  request: Context,
  params: { payment_method?: string },
  path: { readonly id: string },
): Stored<'payment_intent'> {
  const intent = request.get('payment_intent', path.id);
  if (!CONFIRMABLE.has(intent.status)) {
    throw invalidRequest(
      `You cannot confirm this PaymentIntent because it has already ${intent.status === 'canceled' ? 'been canceled' : 'succeeded after being previously confirmed'}.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  }
  const [payment] = request.by('invoice_payment', 'payment_intent', intent.id);
  const customer = intent.customer ? request.get('customer', intent.customer) : undefined;
  const ctx = request.onClockOf(customer);
  const named = params.payment_method ?? intent.payment_method;
  if (!named) throw missingParam('payment_method');
  const method = methodFor(ctx, named, 'payment_method', intent.customer);
  if (!payment) throw invalidRequest('This PaymentIntent does not belong to an invoice.');
  const collected = collectInvoice(ctx, payment.invoice, { method });
  settle(ctx, collected);
  if (collected.result.kind === 'declined') throw paymentError(ctx, collected);
  return ctx.get('payment_intent', intent.id);
}
