import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { type FieldOutputs, object, oneOf, required, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';

const right = 'billing_meter';

const payloadKey = required(string({ max: 100 }));

const createFields = {
  customer_mapping: object({ event_payload_key: payloadKey, type: required(oneOf(['by_id'])) }),
  default_aggregation: required(object({ formula: required(oneOf(['count', 'last', 'sum'])) })),
  display_name: required(string({ max: 250 })),
  event_name: required(string({ max: 100 })),
  event_time_window: oneOf(['day', 'hour']),
  value_settings: object({ event_payload_key: payloadKey }),
};

/** What customers use, and how it is added up. */
export const billingMeters: Resource = {
  routes: [
    route('POST /v1/billing/meters', { right, params: createFields }, create),
    route(
      'GET /v1/billing/meters',
      { right, params: { ...paging, status: oneOf(['active', 'inactive']) } },
      (ctx, params) =>
        ctx.list('billing.meter', params, '/v1/billing/meters', {
          where: (meter) => (params.status ?? meter.status) === meter.status,
        }),
    ),
    route('GET /v1/billing/meters/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('billing.meter', path.id),
    ),
    route(
      'POST /v1/billing/meters/:id',
      { right, params: { display_name: createFields.display_name } },
      (ctx, { display_name }, path) => {
        const changes = { display_name, updated: ctx.now };
        return ctx.update('billing.meter', path.id, changes, 'billing.meter.updated');
      },
    ),
    route('POST /v1/billing/meters/:id/deactivate', { right, params: {} }, (ctx, _params, path) => {
      const meter = ctx.get('billing.meter', path.id);
      if (meter.status === 'inactive') throw isAlready(meter);
      const changes = {
        status: 'inactive' as const,
        status_transitions: { deactivated_at: ctx.now },
        updated: ctx.now,
      };
      return ctx.update('billing.meter', meter.id, changes, 'billing.meter.deactivated');
    }),
    route('POST /v1/billing/meters/:id/reactivate', { right, params: {} }, (ctx, _params, path) => {
      const meter = ctx.get('billing.meter', path.id);
      if (meter.status === 'active') throw isAlready(meter);
      refuseTaken(ctx, meter.event_name);
      const changes = {
        status: 'active' as const,
        status_transitions: { deactivated_at: null },
        updated: ctx.now,
      };
      return ctx.update('billing.meter', meter.id, changes, 'billing.meter.reactivated');
    }),
  ],
};

function create(ctx: Context, params: FieldOutputs<typeof createFields>): Stored<'billing.meter'> {
  refuseTaken(ctx, params.event_name);
  return ctx.insert(
    'billing.meter',
    {
      id: newId('mtr'),
      object: 'billing.meter',
      created: ctx.now,
      customer_mapping: params.customer_mapping ?? {
        event_payload_key: 'stripe_customer_id',
        type: 'by_id',
      },
      default_aggregation: params.default_aggregation,
      display_name: params.display_name,
      event_name: params.event_name,
      event_time_window: params.event_time_window ?? null,
      livemode: ctx.livemode,
      status: 'active',
      status_transitions: { deactivated_at: null },
      updated: ctx.now,
      value_settings: params.value_settings ?? { event_payload_key: 'value' },
    },
    'billing.meter.created',
  );
}

function refuseTaken(ctx: Context, name: string): void {
  for (const meter of ctx.by('billing.meter', 'event_name', name)) {
    if (meter.status !== 'active') continue;
    throw invalidRequest(
      `An active meter (\`${meter.id}\`) already exists with this \`event_name\`.`,
      'event_name',
    );
  }
}

function isAlready({ status }: Stored<'billing.meter'>): Error {
  return invalidRequest(`The meter is already ${status}.`);
}
