import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { exclusive, type FieldOutputs, id, integer, oneOf } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { refundCharge, refundSettled } from '../engine/refund-charge';

const right = 'charge';

const createFields = {
  amount: integer({ min: 1 }),
  charge: id(),
  metadata: metadata(),
  payment_intent: id(),
  reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']),
};

/** Money given back for a charge; the invoice that was paid with it stays paid. */
export const refunds: Resource = {
  routes: [
    route('POST /v1/refunds', { right, params: createFields }, createRefund),
    route(
      'GET /v1/refunds',
      { right, params: { ...paging, charge: id(), created: timeRange(), payment_intent: id() } },
      (ctx, params) =>
        ctx.list('refund', params, '/v1/refunds', {
          by: params.charge ? ['charge', params.charge] : ['payment_intent', params.payment_intent],
          where: (refund) =>
            isWithin(refund.created, params.created) &&
            (params.payment_intent ?? refund.payment_intent) === refund.payment_intent,
        }),
    ),
    route('GET /v1/refunds/:refund', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('refund', path.refund),
    ),
    route(
      'POST /v1/refunds/:refund',
      { right, params: { metadata: metadata() } },
      (request, params, path) => {
        const refund = request.get('refund', path.refund);
        const ctx = clockOf(request, refund);
        const changes = { metadata: mergeMetadata(refund.metadata ?? {}, params.metadata) };
        return ctx.update('refund', refund.id, changes, 'refund.updated');
      },
    ),
  ],
  expansions: {
    refund: {
      balance_transaction: 'balance_transaction',
      charge: 'charge',
      customer: 'customer',
      failure_balance_transaction: 'balance_transaction',
      payment_intent: 'payment_intent',
      payment_method: 'payment_method',
    },
  },
  due: { 'refund.settle': refundSettled },
};

function createRefund(
  request: Context,
  params: FieldOutputs<typeof createFields>,
): Stored<'refund'> {
  const charge = refundable(request, params);
  const ctx = clockOf(request, charge);
  const { amount, reason } = params;
  const metadata = mergeMetadata({}, params.metadata);
  return refundCharge(ctx, charge, { amount, metadata, reason });
}

/** The charge that is named, itself or by its intent. @throws StripeError unless it can be refunded */
function refundable(
  ctx: Context,
  params: { charge?: string; payment_intent?: string },
): Stored<'charge'> {
  exclusive(params, 'charge', 'payment_intent');
  if (params.charge === undefined && params.payment_intent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const charge =
    params.charge === undefined
      ? chargeOf(ctx, params.payment_intent ?? '')
      : ctx.get('charge', params.charge, 'charge');
  if (charge.refunded) {
    throw invalidRequest(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  }
  if (charge.status !== 'succeeded') {
    throw invalidRequest(
      `Charge ${charge.id} did not succeed, so it cannot be refunded.`,
      'charge',
    );
  }
  if (charge.captured) return charge;
  throw invalidRequest(
    `Charge ${charge.id} has not been captured. Cancel its PaymentIntent to let go of the money.`,
    'charge',
  );
}

function chargeOf(ctx: Context, intentId: string): Stored<'charge'> {
  const intent = ctx.get('payment_intent', intentId, 'payment_intent');
  const charge = intent.latest_charge ? ctx.find('charge', intent.latest_charge) : undefined;
  if (charge?.status === 'succeeded') return charge;
  throw invalidRequest(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    'payment_intent',
  );
}

/** A customer that was deleted since has no clock any more. */
function clockOf(ctx: Context, { customer }: { readonly customer: string | null }): Context {
  return ctx.onClockOf(customer === null ? undefined : ctx.find('customer', customer));
}
