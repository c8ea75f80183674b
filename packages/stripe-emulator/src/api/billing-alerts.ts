import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import {
  array,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';

const right = 'billing_alert';

type Alert = Stored<'billing.alert'>;

const createFields = {
  alert_type: required(oneOf(['usage_threshold'])),
  title: required(string({ max: 256 })),
  usage_threshold: required(
    object({
      filters: array(object({ customer: required(id()), type: required(oneOf(['customer'])) }), {
        max: 1,
      }),
      gte: required(integer({ min: 1 })),
      meter: required(id()),
      recurrence: required(oneOf(['one_time'])),
    }),
  ),
};

/** What tells when somebody has used so much of something. */
export const billingAlerts: Resource = {
  routes: [
    route('POST /v1/billing/alerts', { right, params: createFields }, create),
    route(
      'GET /v1/billing/alerts',
      { right, params: { ...paging, alert_type: oneOf(['usage_threshold']), meter: id() } },
      (ctx, params) =>
        ctx.list('billing.alert', params, '/v1/billing/alerts', { by: ['meter', params.meter] }),
    ),
    route('GET /v1/billing/alerts/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('billing.alert', path.id),
    ),
    route('POST /v1/billing/alerts/:id/activate', { right, params: {} }, (ctx, _params, path) => {
      const alert = changeStatus(ctx, path.id, 'active');
      watch(ctx, alert);
      return alert;
    }),
    route('POST /v1/billing/alerts/:id/deactivate', { right, params: {} }, (ctx, _params, path) =>
      changeStatus(ctx, path.id, 'inactive'),
    ),
    route('POST /v1/billing/alerts/:id/archive', { right, params: {} }, (ctx, _params, path) => {
      const alert = ctx.get('billing.alert', path.id);
      ctx.world['billing.alert'].delete(alert.id);
      return { ...alert, status: 'archived' };
    }),
  ],
  expansions: {
    'billing.alert': {
      'usage_threshold.filters.customer': 'customer',
      'usage_threshold.meter': 'billing.meter',
    },
  },
};

function create(ctx: Context, params: FieldOutputs<typeof createFields>): Alert {
  const { filters = [], gte, meter, recurrence } = params.usage_threshold;
  const { id: watched } = ctx.get('billing.meter', meter, 'usage_threshold[meter]');
  for (const { customer } of filters) {
    ctx.get('customer', customer, 'usage_threshold[filters][0][customer]');
  }
  const alert = ctx.insert('billing.alert', {
    id: newId('alrt'),
    object: 'billing.alert',
    alert_type: params.alert_type,
    livemode: ctx.livemode,
    status: 'active',
    title: params.title,
    usage_threshold: {
      filters: filters.length > 0 ? filters : null,
      gte,
      meter: watched,
      recurrence,
    },
  });
  watch(ctx, alert);
  return alert;
}

/** From now on usage counts, and nobody has set the alert off yet. */
function watch(ctx: Context, { id: alert }: Alert): void {
  ctx.world._alert.put({ id: alert, since: Date.now(), raised: [] });
}

function changeStatus(ctx: Context, alertId: string, status: 'active' | 'inactive'): Alert {
  const alert = ctx.get('billing.alert', alertId);
  if (alert.status === status) throw invalidRequest(`The alert is already ${status}.`);
  return ctx.update('billing.alert', alert.id, { status });
}
