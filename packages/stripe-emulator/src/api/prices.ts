import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  exclusive,
  id,
  integer,
  type Output,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import { claimLookupKey, createPrice, recurringParam } from './create-price';
import { createProduct, productDataFields } from './create-product';
import { currency } from './fields';
import { currencyOptionOf, currencyOptions, pricingFields, taxBehavior } from './price-params';

const lookupKey = unsettable(string({ max: 200 }));
const productData = object(productDataFields);

export const prices: Resource = {
  routes: [
    route(
      'POST /v1/prices',
      {
        right: 'plan',
        params: {
          ...pricingFields,
          active: boolean(),
          billing_scheme: oneOf(['per_unit', 'tiered']),
          currency: required(currency()),
          currency_options: currencyOptions(),
          lookup_key: lookupKey,
          metadata: metadata(),
          nickname: unsettable(string()),
          product: id(),
          product_data: productData,
          recurring: recurringParam(),
          tiers_mode: oneOf(['graduated', 'volume']),
          transfer_lookup_key: boolean(),
          transform_quantity: object({
            divide_by: required(integer({ min: 2 })),
            round: required(oneOf(['down', 'up'])),
          }),
        },
      },
      (ctx, params) => createPrice(ctx, { ...params, product: productFor(ctx, params) }),
    ),
    route(
      'GET /v1/prices',
      {
        right: 'plan',
        params: {
          ...paging,
          active: boolean(),
          created: timeRange(),
          currency: currency(),
          lookup_keys: array(string({ max: 200 }), { max: 10 }),
          product: id(),
          recurring: object({
            interval: oneOf(['day', 'week', 'month', 'year']),
            meter: id(),
            usage_type: oneOf(['licensed', 'metered']),
          }),
          type: oneOf(['one_time', 'recurring']),
        },
      },
      (ctx, params) => {
        const { active, currency: code, lookup_keys: keys, recurring, type } = params;
        return ctx.list('price', params, '/v1/prices', {
          by: ['product', params.product],
          where: (price) =>
            (active === undefined || price.active === active) &&
            (code === undefined || price.currency === code) &&
            (keys === undefined || keys.includes(price.lookup_key ?? '')) &&
            (type === undefined || price.type === type) &&
            (recurring?.interval === undefined ||
              price.recurring?.interval === recurring.interval) &&
            (recurring?.meter === undefined || price.recurring?.meter === recurring.meter) &&
            (recurring?.usage_type === undefined ||
              price.recurring?.usage_type === recurring.usage_type) &&
            isWithin(price.created, params.created),
        });
      },
    ),
    route('GET /v1/prices/:price', { right: 'plan', params: {} }, (ctx, _params, path) =>
      ctx.get('price', path.price),
    ),
    route(
      'POST /v1/prices/:price',
      {
        right: 'plan',
        params: {
          active: boolean(),
          currency_options: unsettable(currencyOptions()),
          lookup_key: lookupKey,
          metadata: metadata(),
          nickname: unsettable(string()),
          tax_behavior: taxBehavior(),
          transfer_lookup_key: boolean(),
        },
      },
      (ctx, params, path) => {
        const price = ctx.get('price', path.price);
        const {
          currency_options: options,
          metadata: change,
          transfer_lookup_key,
          ...plain
        } = params;
        if (plain.lookup_key) claimLookupKey(ctx, plain.lookup_key, transfer_lookup_key, price.id);
        checkTaxBehavior(price.tax_behavior, plain.tax_behavior);
        if (options !== undefined) changeOptions(ctx, price.id, price.currency, options ?? {});
        const changes = { ...plain, metadata: mergeMetadata(price.metadata, change) };
        return ctx.update('price', price.id, changes, 'price.updated');
      },
    ),
  ],
  expansions: {
    price: {
      product: 'product',
      currency_options: (ctx, priceId) => ctx.find('_price', priceId)?.currency_options ?? {},
      tiers: (ctx, priceId) => ctx.find('_price', priceId)?.tiers ?? null,
    },
  },
};

/** The product a new price belongs to: the one named, or one made for it. */
function productFor(
  ctx: Context,
  params: { product?: string; product_data?: Output<typeof productData> },
): string {
  exclusive(params, 'product', 'product_data');
  if (params.product_data) return createProduct(ctx, params.product_data).id;
  if (params.product === undefined) {
    throw invalidRequest(
      'You must specify either `product` or `product_data` when creating a price.',
    );
  }
  const product = ctx.get('product', params.product, 'product');
  if (!product.active) {
    throw invalidRequest(
      `The product \`${product.id}\` is marked as inactive, and thus no new prices can be added to it.`,
      'product',
    );
  }
  return product.id;
}

function checkTaxBehavior(present: string | null, wanted: string | undefined): void {
  if (wanted === undefined || wanted === present || present === 'unspecified') return;
  throw invalidRequest(
    'Once `tax_behavior` has been set to `inclusive` or `exclusive`, it cannot be changed.',
    'tax_behavior',
  );
}

function changeOptions(
  ctx: Context,
  priceId: string,
  currencyCode: string,
  options: NonNullable<Output<ReturnType<typeof currencyOptions>>>,
): void {
  const details = ctx.get('_price', priceId);
  const own = details.currency_options[currencyCode];
  const others = Object.entries(options).map(
    ([code, option]): [string, ReturnType<typeof currencyOptionOf>] => [
      code,
      currencyOptionOf(option),
    ],
  );
  ctx.world._price.put({
    ...details,
    currency_options: { ...Object.fromEntries(others), ...(own && { [currencyCode]: own }) },
  });
}
