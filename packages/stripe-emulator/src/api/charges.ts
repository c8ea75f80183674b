import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { captureHeld } from '../engine/held-payments';
import { email, mergeShipping, shippingParam, statementDescriptor } from './fields';

const right = 'charge';

const updateFields = {
  customer: id(),
  description: string({ max: 40_000 }),
  fraud_details: object({ user_report: required(unsettable(oneOf(['fraudulent', 'safe']))) }),
  metadata: metadata(),
  receipt_email: email(),
  shipping: shippingParam(),
  transfer_group: string(),
};

const captureFields = {
  amount: integer({ min: 1 }),
  receipt_email: email(),
  statement_descriptor: statementDescriptor(),
  statement_descriptor_suffix: statementDescriptor(),
  transfer_group: string(),
};

/** What cards were charged, by payment intents; Stripe's older way of making charges is not here. */
export const charges: Resource = {
  routes: [
    route(
      'GET /v1/charges',
      {
        right,
        params: { ...paging, created: timeRange(), customer: id(), payment_intent: id() },
      },
      (ctx, params) =>
        ctx.list('charge', params, '/v1/charges', {
          by: params.payment_intent
            ? ['payment_intent', params.payment_intent]
            : ['customer', params.customer],
          where: (charge) =>
            isWithin(charge.created, params.created) &&
            (params.customer ?? charge.customer) === charge.customer,
        }),
    ),
    route('GET /v1/charges/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('charge', path.id),
    ),
    route('POST /v1/charges/:id', { right, params: updateFields }, (ctx, params, path) =>
      updateCharge(ctx, ctx.get('charge', path.id), params),
    ),
    route('POST /v1/charges/:id/capture', { right, params: captureFields }, capture),
  ],
  expansions: {
    charge: {
      balance_transaction: 'balance_transaction',
      customer: 'customer',
      failure_balance_transaction: 'balance_transaction',
      on_behalf_of: 'account',
      payment_intent: 'payment_intent',
      refunds: (ctx, charge) =>
        ctx.list('refund', {}, `/v1/charges/${charge}/refunds`, { by: ['charge', charge] }),
    },
  },
};

function updateCharge(
  request: Context,
  charge: Stored<'charge'>,
  params: FieldOutputs<typeof updateFields>,
): Stored<'charge'> {
  const { customer, fraud_details: fraud, metadata: change, shipping, ...plain } = params;
  const owner = customer === undefined ? undefined : request.get('customer', customer, 'customer');
  if (owner && charge.customer !== null && charge.customer !== owner.id) {
    throw invalidRequest(
      'Cannot change the customer of a charge that has one already.',
      'customer',
    );
  }
  const ctx = onClock(request, charge);
  return ctx.update(
    'charge',
    charge.id,
    {
      ...plain,
      ...(owner && { customer: owner.id }),
      ...(fraud && {
        fraud_details: fraud.user_report === null ? {} : { user_report: fraud.user_report },
      }),
      metadata: mergeMetadata(charge.metadata, change),
      ...(shipping && { shipping: mergeShipping(charge.shipping, shipping) }),
    },
    'charge.updated',
  );
}

/** Captures the payment that the charge holds money for, and gives the charge. */
function capture(
  request: Context,
  params: FieldOutputs<typeof captureFields>,
  path: { readonly id: string },
): Stored<'charge'> {
  const charge = request.get('charge', path.id);
  const intent = request.find('payment_intent', charge.payment_intent ?? '');
  if (charge.captured) {
    throw invalidRequest(
      `Charge ${charge.id} has already been captured.`,
      undefined,
      'charge_already_captured',
    );
  }
  if (intent?.status !== 'requires_capture') {
    throw invalidRequest(
      `Charge ${charge.id} holds no money that could be captured.`,
      undefined,
      'charge_expired_for_capture',
    );
  }
  const ctx = onClock(request, charge);
  captureHeld(ctx, intent, {
    amount_to_capture: params.amount,
    statement_descriptor_suffix: params.statement_descriptor_suffix,
  });
  return ctx.get('charge', charge.id);
}

function onClock(ctx: Context, charge: Stored<'charge'>): Context {
  return ctx.onClockOf(charge.customer ? ctx.find('customer', charge.customer) : undefined);
}
