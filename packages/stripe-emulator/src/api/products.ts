import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  decimal,
  type FieldOutputs,
  id,
  object,
  oneOf,
  refine,
  required,
  type Schema,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { createPrice, recurringParam } from './create-price';
import { createProduct, productDataFields } from './create-product';
import { currency, statementDescriptor, url } from './fields';
import { currencyOptions, pricingFields } from './price-params';

const fields = {
  active: boolean(),
  description: unsettable(string({ max: 40_000 })),
  images: array(url(), { max: 8 }),
  marketing_features: array(object({ name: required(string({ max: 80 })) }), { max: 15 }),
  package_dimensions: unsettable(
    object({
      height: required(measure()),
      length: required(measure()),
      weight: required(measure()),
      width: required(measure()),
    }),
  ),
  shippable: boolean(),
  url: unsettable(url()),
};

const { tiers: _tiers, ...defaultPricing } = pricingFields;

const defaultPriceData = object({
  ...defaultPricing,
  currency: required(currency()),
  currency_options: currencyOptions(),
  metadata: metadata(),
  recurring: recurringParam(),
});

export const products: Resource = {
  routes: [
    route(
      'POST /v1/products',
      {
        right: 'product',
        params: {
          ...productDataFields,
          ...fields,
          default_price_data: defaultPriceData,
          type: oneOf(['good', 'service']),
        },
      },
      (ctx, params) => {
        const { default_price_data: price, type } = params;
        const more = { ...changesOf(params), ...(type && { type }) };
        if (!price) return createProduct(ctx, params, more);
        const default_price = newId('price');
        const product = createProduct(ctx, params, { ...more, default_price });
        createPrice(ctx, { ...price, id: default_price, product: product.id });
        return product;
      },
    ),
    route(
      'GET /v1/products',
      {
        right: 'product',
        params: {
          ...paging,
          active: boolean(),
          created: timeRange(),
          ids: array(id()),
          shippable: boolean(),
          type: oneOf(['good', 'service']),
          url: string(),
        },
      },
      (ctx, params) =>
        ctx.list('product', params, '/v1/products', {
          where: (product) =>
            (params.active === undefined || product.active === params.active) &&
            (params.ids === undefined || params.ids.includes(product.id)) &&
            (params.shippable === undefined || product.shippable === params.shippable) &&
            (params.type === undefined || product.type === params.type) &&
            (params.url === undefined || product.url === params.url) &&
            isWithin(product.created, params.created),
        }),
    ),
    route('GET /v1/products/:product', { right: 'product', params: {} }, (ctx, _params, path) =>
      ctx.get('product', path.product),
    ),
    route(
      'POST /v1/products/:product',
      {
        right: 'product',
        params: {
          ...fields,
          default_price: unsettable(id()),
          metadata: metadata(),
          name: string(),
          statement_descriptor: unsettable(statementDescriptor()),
          tax_code: unsettable(id()),
          tax_details: productDataFields.tax_details,
          unit_label: unsettable(string({ max: 12 })),
        },
      },
      updateProduct,
    ),
    route(
      'DELETE /v1/products/:product',
      { right: 'product', params: {} },
      (ctx, _params, path) => {
        const product = ctx.get('product', path.product);
        if (!ctx.by('price', 'product', product.id).next().done) {
          throw invalidRequest(
            'This product cannot be deleted because it has one or more user-created prices.',
          );
        }
        ctx.update('product', product.id, { active: false });
        return ctx.remove('product', product.id, 'product.deleted');
      },
    ),
  ],
  expansions: { product: { default_price: 'price' } },
};

type Update = FieldOutputs<typeof fields> & {
  default_price?: string | null;
  metadata?: Parameters<typeof mergeMetadata>[1];
  name?: string;
  statement_descriptor?: string | null;
  tax_code?: string | null;
  tax_details?: FieldOutputs<typeof productDataFields>['tax_details'];
  unit_label?: string | null;
};

function updateProduct(
  ctx: Context,
  params: Update,
  path: { readonly product: string },
): Stored<'product'> {
  const product = ctx.get('product', path.product);
  const { default_price, metadata: change, name, statement_descriptor, unit_label } = params;
  if (default_price) checkDefaultPrice(ctx, product.id, default_price);
  return ctx.update(
    'product',
    product.id,
    {
      ...changesOf(params),
      ...(default_price !== undefined && { default_price }),
      ...(name !== undefined && { name }),
      ...(statement_descriptor !== undefined && { statement_descriptor }),
      ...(unit_label !== undefined && { unit_label }),
      ...taxChanges(product, params),
      metadata: mergeMetadata(product.metadata, change),
      updated: ctx.now,
    },
    'product.updated',
  );
}

function changesOf(params: FieldOutputs<typeof fields>): Partial<Stored<'product'>> {
  const { active, description, images, marketing_features, package_dimensions, shippable } = params;
  return {
    ...(active !== undefined && { active }),
    ...(description !== undefined && { description }),
    ...(images !== undefined && { images }),
    ...(marketing_features !== undefined && { marketing_features }),
    ...(package_dimensions !== undefined && { package_dimensions }),
    ...(shippable !== undefined && { shippable }),
    ...(params.url !== undefined && { url: params.url }),
  };
}

function taxChanges(product: Stored<'product'>, params: Update): Partial<Stored<'product'>> {
  const { tax_code: code, tax_details: details } = params;
  if (details === undefined) return code === undefined ? {} : { tax_code: code };
  if (details === null) return { tax_code: null, tax_details: null };
  const taxCode = details.tax_code ?? code ?? product.tax_code ?? null;
  return {
    tax_code: taxCode,
    tax_details: { performance_location: details.performance_location ?? null, tax_code: taxCode },
  };
}

function checkDefaultPrice(ctx: Context, productId: string, priceId: string): void {
  const price = ctx.get('price', priceId, 'default_price');
  if (price.product === productId) return;
  throw invalidRequest(
    `The price \`${priceId}\` does not belong to the product \`${productId}\`.`,
    'default_price',
  );
}

/** Inches and ounces may have two decimal places. */
function measure(): Schema<number> {
  return refine(decimal({ places: 2 }), Number);
}
