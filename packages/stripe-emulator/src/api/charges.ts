import { isWithin, paging, timeRange } from '../core/list';
import { id } from '../core/params';
import { type Resource, route } from '../core/route';

const right = 'charge';

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
  ],
  expansions: {
    charge: {
      customer: 'customer',
      on_behalf_of: 'account',
      payment_intent: 'payment_intent',
      refunds: (ctx, charge) =>
        ctx.list('refund', {}, `/v1/charges/${charge}/refunds`, { by: ['charge', charge] }),
    },
  },
};
