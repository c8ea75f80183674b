import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { id, required } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';

const at = '/v1/products/:product/features' as const;

export const productFeatures: Resource = {
  routes: [
    route(
      `POST ${at}`,
      { right: 'product', params: { entitlement_feature: required(id()) } },
      (ctx, params, path) => {
        const product = ctx.get('product', path.product);
        const feature = ctx.get(
          'entitlements.feature',
          params.entitlement_feature,
          'entitlement_feature',
        );
        for (const known of ctx.by('product_feature', 'product', product.id)) {
          if (known.entitlement_feature.id !== feature.id) continue;
          throw invalidRequest(
            `The feature \`${feature.id}\` is already attached to the product \`${product.id}\`.`,
            'entitlement_feature',
            'resource_already_exists',
          );
        }
        return shown(
          ctx.insert('product_feature', {
            id: newId('prodft'),
            object: 'product_feature',
            entitlement_feature: feature,
            livemode: ctx.livemode,
            product: product.id,
          }),
        );
      },
    ),
    route(`GET ${at}`, { right: 'product', params: paging }, (ctx, params, path) => {
      const product = ctx.get('product', path.product);
      const page = ctx.list('product_feature', params, `/v1/products/${product.id}/features`, {
        by: ['product', product.id],
      });
      return { ...page, data: page.data.map(shown) };
    }),
    route(`GET ${at}/:feature`, { right: 'product', params: {} }, (ctx, _params, path) =>
      shown(featureOf(ctx, path)),
    ),
    route(`DELETE ${at}/:feature`, { right: 'product', params: {} }, (ctx, _params, path) =>
      ctx.remove('product_feature', featureOf(ctx, path).id),
    ),
  ],
};

function featureOf(
  ctx: Context,
  path: { readonly product: string; readonly feature: string },
): Stored<'product_feature'> {
  const product = ctx.get('product', path.product);
  const feature = ctx.get('product_feature', path.feature);
  if (feature.product === product.id) return feature;
  throw missing('product_feature', path.feature);
}

/** The product is how we find it; Stripe does not show it. */
function shown({ product: _product, ...feature }: Stored<'product_feature'>) {
  return feature;
}
