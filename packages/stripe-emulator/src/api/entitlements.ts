import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { boolean, id, required, string } from '../core/params';
import { type Resource, route } from '../core/route';

export const entitlements: Resource = {
  routes: [
    route(
      'POST /v1/entitlements/features',
      {
        right: 'entitlement',
        params: {
          lookup_key: required(string({ max: 80 })),
          metadata: metadata(),
          name: required(string({ max: 80 })),
        },
      },
      (ctx, params) => {
        if (!ctx.by('entitlements.feature', 'lookup_key', params.lookup_key).next().done) {
          throw invalidRequest(
            `A feature with the lookup key '${params.lookup_key}' already exists.`,
            'lookup_key',
            'resource_already_exists',
          );
        }
        return ctx.insert('entitlements.feature', {
          id: newId('feat'),
          object: 'entitlements.feature',
          active: true,
          livemode: ctx.livemode,
          lookup_key: params.lookup_key,
          metadata: mergeMetadata({}, params.metadata),
          name: params.name,
        });
      },
    ),
    route(
      'GET /v1/entitlements/features',
      {
        right: 'entitlement',
        params: { ...paging, archived: boolean(), lookup_key: string() },
      },
      (ctx, params) =>
        ctx.list('entitlements.feature', params, '/v1/entitlements/features', {
          by: ['lookup_key', params.lookup_key],
          where: (feature) => params.archived === undefined || feature.active !== params.archived,
        }),
    ),
    route(
      'GET /v1/entitlements/features/:feature',
      { right: 'entitlement', params: {} },
      (ctx, _params, path) => ctx.get('entitlements.feature', path.feature),
    ),
    route(
      'POST /v1/entitlements/features/:feature',
      {
        right: 'entitlement',
        params: { active: boolean(), metadata: metadata(), name: string({ max: 80 }) },
      },
      (ctx, params, path) => {
        const feature = ctx.get('entitlements.feature', path.feature);
        const { metadata: change, ...plain } = params;
        return ctx.update('entitlements.feature', feature.id, {
          ...plain,
          metadata: mergeMetadata(feature.metadata, change),
        });
      },
    ),
    route(
      'GET /v1/entitlements/active_entitlements',
      { right: 'entitlement', params: { ...paging, customer: required(id()) } },
      (ctx, params) => {
        const customer = ctx.get('customer', params.customer, 'customer');
        const page = ctx.list(
          'entitlements.active_entitlement',
          params,
          '/v1/entitlements/active_entitlements',
          { by: ['customer', customer.id] },
        );
        return { ...page, data: page.data.map(({ customer: _owner, ...shown }) => shown) };
      },
    ),
    route(
      'GET /v1/entitlements/active_entitlements/:entitlement',
      { right: 'entitlement', params: {} },
      (ctx, _params, path) => {
        const { customer: _owner, ...shown } = ctx.get(
          'entitlements.active_entitlement',
          path.entitlement,
        );
        return shown;
      },
    ),
  ],
  expansions: {
    'entitlements.active_entitlement': { feature: 'entitlements.feature' },
  },
};
