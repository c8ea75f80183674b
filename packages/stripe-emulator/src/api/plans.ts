import { missing } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, id } from '../core/params';
import { type Resource, route } from '../core/route';
import { planOf } from '../engine/subscription-object';

/** Recurring prices in the shape of the plans that came before them, to be read only. */
export const plans: Resource = {
  routes: [
    route(
      'GET /v1/plans',
      {
        right: 'plan',
        params: { ...paging, active: boolean(), created: timeRange(), product: id() },
      },
      (ctx, params) => {
        const page = ctx.list('price', params, '/v1/plans', {
          by: ['product', params.product],
          where: (price) =>
            price.recurring !== null &&
            (params.active ?? price.active) === price.active &&
            isWithin(price.created, params.created),
        });
        return { ...page, data: page.data.map(planOf) };
      },
    ),
    route('GET /v1/plans/:plan', { right: 'plan', params: {} }, (ctx, _params, path) => {
      const price = ctx.find('price', path.plan);
      if (price?.recurring) return planOf(price);
      throw missing('plan', path.plan, undefined, '', 'plan');
    }),
  ],
  expansions: { plan: { product: 'product' } },
};
