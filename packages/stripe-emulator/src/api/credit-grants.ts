import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
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
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { balanceOf, expireGrant, isOver, moveCredits } from '../engine/credit-grants';
import { creditScope, scopeOf } from './credit-scope';
import { customerAccountOf } from './customer-account';
import { customerOf } from './customer-param';
import { currency, inThePast } from './fields';

const right = 'billing_credit_grant';

const MOST_GRANTS = 100;

type Grant = Stored<'billing.credit_grant'>;

const createFields = {
  amount: required(
    object({
      monetary: required(
        object({ currency: required(currency()), value: required(integer({ min: 1 })) }),
      ),
      type: required(oneOf(['monetary'])),
    }),
  ),
  applicability_config: required(object({ scope: required(creditScope()) })),
  category: oneOf(['paid', 'promotional']),
  customer: id(),
  customer_account: id(),
  effective_at: timestamp(),
  expires_at: timestamp(),
  metadata: metadata(),
  name: string({ max: 100 }),
  priority: integer({ min: 0, max: 100 }),
};

/** Credits of a customer that pay for usage. */
export const creditGrants: Resource = {
  routes: [
    route('POST /v1/billing/credit_grants', { right, params: createFields }, create),
    route(
      'GET /v1/billing/credit_grants',
      { right, params: { ...paging, customer: id(), customer_account: id() } },
      (ctx, { customer_account, ...params }) => {
        const customer = customerAccountOf(ctx, { customer_account })?.id ?? params.customer;
        return ctx.list('billing.credit_grant', params, '/v1/billing/credit_grants', {
          by: ['customer', customer],
        });
      },
    ),
    route('GET /v1/billing/credit_grants/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('billing.credit_grant', path.id),
    ),
    route(
      'POST /v1/billing/credit_grants/:id',
      { right, params: { expires_at: unsettable(timestamp()), metadata: metadata() } },
      (ctx, { expires_at, metadata: change }, path) => {
        const grant = ctx.get('billing.credit_grant', path.id);
        const own = clockOf(ctx, grant);
        if (expires_at !== undefined) refuseOver(own, grant);
        if (expires_at && expires_at <= own.now) throw inThePast('expires_at', expires_at);
        return changeGrant(own, grant, {
          ...(expires_at !== undefined && { expires_at }),
          metadata: mergeMetadata(grant.metadata, change),
        });
      },
    ),
    route(
      'POST /v1/billing/credit_grants/:id/expire',
      { right, params: {} },
      (ctx, _params, path) => {
        const grant = ctx.get('billing.credit_grant', path.id);
        const own = clockOf(ctx, grant);
        refuseOver(own, grant);
        expireGrant(own, grant.id);
        return changeGrant(own, grant, { expires_at: own.now });
      },
    ),
    route(
      'POST /v1/billing/credit_grants/:id/void',
      { right, params: {} },
      (ctx, _params, path) => {
        const grant = ctx.get('billing.credit_grant', path.id);
        const own = clockOf(ctx, grant);
        refuseOver(own, grant);
        const balance = balanceOf(own, grant);
        if (balance !== grant.amount.monetary?.value) {
          throw invalidRequest('A credit grant that has been used cannot be voided.');
        }
        moveCredits(own, grant, balance, { type: 'credits_voided' });
        return changeGrant(own, grant, { voided_at: own.now });
      },
    ),
  ],
  expansions: {
    'billing.credit_grant': { customer: 'customer', test_clock: 'test_helpers.test_clock' },
  },
  due: { 'credit_grant.expire': expireGrant },
};

function create(request: Context, params: FieldOutputs<typeof createFields>): Grant {
  const customer = customerOf(request, params);
  const ctx = request.onClockOf(customer);
  const { expires_at: expires = null, effective_at: effective = ctx.now } = params;
  if (expires !== null && expires <= ctx.now) throw inThePast('expires_at', expires);
  if (expires !== null && expires <= effective) {
    throw invalidRequest('`expires_at` must be after `effective_at`.', 'expires_at');
  }
  const others = [...ctx.by('billing.credit_grant', 'customer', customer.id)];
  if (others.filter((grant) => balanceOf(ctx, grant) > 0).length >= MOST_GRANTS) {
    throw invalidRequest(`A customer can have at most ${MOST_GRANTS} unused credit grants.`);
  }
  const { monetary, type } = params.amount;
  const grant = ctx.insert(
    'billing.credit_grant',
    {
      id: newId('credgr'),
      object: 'billing.credit_grant',
      amount: { monetary, type },
      applicability_config: { scope: scopeOf(ctx, params.applicability_config.scope) },
      category: params.category ?? 'paid',
      created: ctx.now,
      customer: customer.id,
      customer_account: customer.customer_account ?? null,
      effective_at: effective,
      expires_at: expires,
      livemode: ctx.livemode,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
      priority: params.priority ?? 50,
      test_clock: customer.test_clock ?? null,
      updated: ctx.now,
      voided_at: null,
    },
    'billing.credit_grant.created',
  );
  moveCredits(ctx, grant, monetary.value, { type: 'credits_granted' });
  ctx.schedule('credit_grant.expire', grant.id, expires);
  return grant;
}

function changeGrant(ctx: Context, grant: Grant, changes: Partial<Grant>): Grant {
  const changed = { ...changes, updated: ctx.now };
  const present = ctx.update(
    'billing.credit_grant',
    grant.id,
    changed,
    'billing.credit_grant.updated',
  );
  ctx.schedule('credit_grant.expire', grant.id, isOver(ctx, present) ? null : present.expires_at);
  return present;
}

function refuseOver(ctx: Context, grant: Grant): void {
  if (!isOver(ctx, grant)) return;
  const state = grant.voided_at === null ? 'expired' : 'voided';
  throw invalidRequest(`The credit grant has been ${state} already.`);
}

function clockOf(ctx: Context, grant: Grant): Context {
  return ctx.onClockOf(ctx.find('customer', grant.customer));
}
