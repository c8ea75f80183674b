import { isWithin, paging, timeRange } from '../core/list';
import { id } from '../core/params';
import { type Resource, route } from '../core/route';
import { fraudReported } from '../engine/fraud-warnings';

const right = 'early_fraud_warning';
const path = '/v1/radar/early_fraud_warnings';

/** What banks report of charges before anybody disputes them. */
export const fraudWarnings: Resource = {
  routes: [
    route(
      `GET ${path}`,
      { right, params: { ...paging, charge: id(), created: timeRange(), payment_intent: id() } },
      (ctx, params) =>
        ctx.list('radar.early_fraud_warning', params, path, {
          by: params.charge ? ['charge', params.charge] : ['payment_intent', params.payment_intent],
          where: (warning) =>
            isWithin(warning.created, params.created) &&
            (params.payment_intent ?? warning.payment_intent) === warning.payment_intent,
        }),
    ),
    route(`GET ${path}/:id`, { right, params: {} }, (ctx, _params, { id: asked }) =>
      ctx.get('radar.early_fraud_warning', asked),
    ),
  ],
  expansions: {
    'radar.early_fraud_warning': { charge: 'charge', payment_intent: 'payment_intent' },
  },
  due: { 'charge.report': fraudReported },
};
