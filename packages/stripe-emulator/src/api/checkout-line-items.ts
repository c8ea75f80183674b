import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { type FieldOutputs, missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import type { CartItem } from '../engine/checkout-quote';
import { createInlinePrice } from '../engine/inline-price';
import { priceIn } from '../engine/recurring-price';
import { taxRatesOf } from '../engine/tax-rates';
import type { sessionParams } from './checkout-session-params';
import { createProduct } from './create-product';

type Params = FieldOutputs<typeof sessionParams>;

/**
 * The cart that a request's line items make; undefined when nothing is sold.
 * @throws StripeError for prices that cannot be sold
 */
export function newCart(ctx: Context, params: Params): CartItem[] | undefined {
  if (params.mode === 'setup') return undefined;
  const lines = params.line_items ?? [];
  if (lines.length === 0) throw missingParam('line_items');
  const cart = lines.map((line, index): CartItem => {
    const path = `line_items[${index}]`;
    const price = line.price_data
      ? newPrice(ctx, line.price_data, `${path}[price_data]`)
      : activePrice(ctx, line.price, `${path}[price]`, params.currency);
    if (line.quantity === undefined && price.recurring?.usage_type !== 'metered') {
      throw missingParam(`${path}[quantity]`);
    }
    return {
      id: newId('li'),
      price,
      quantity: line.quantity ?? 1,
      adjustable: line.adjustable_quantity
        ? {
            enabled: line.adjustable_quantity.enabled,
            maximum: line.adjustable_quantity.maximum ?? 99,
            minimum: line.adjustable_quantity.minimum ?? 0,
          }
        : null,
      metadata: mergeMetadata({}, line.metadata),
      taxRates: taxRatesOf(ctx, line.tax_rates, `${path}[tax_rates]`).map((rate) => rate.id),
    };
  });
  if (params.mode === 'payment') {
    refuseRecurring(cart);
  } else if (!cart.some(({ price }) => price.recurring)) {
    throw invalidRequest(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items',
    );
  }
  if (cart.filter(({ price }) => price.recurring).length > 20) {
    throw invalidRequest('`line_items` can have at most 20 recurring prices.', 'line_items');
  }
  return cart;
}

function refuseRecurring(cart: CartItem[]): void {
  const at = cart.findIndex(({ price }) => price.recurring);
  if (at < 0) return;
  throw invalidRequest(
    'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
    `line_items[${at}]`,
  );
}

type PriceData = NonNullable<NonNullable<Params['line_items']>[number]['price_data']>;

/** The price that a line describes, of a product that exists or is described too. */
function newPrice(ctx: Context, data: PriceData, path: string): Stored<'price'> {
  const { product, product_data: described, ...rest } = data;
  if (product !== undefined && described) {
    throw invalidRequest(
      'You may only specify one of these parameters: product, product_data.',
      `${path}[product]`,
    );
  }
  if (described) {
    const { description = null, images = [], ...fields } = described;
    const made = createProduct(ctx, fields, { description, images });
    return createInlinePrice(ctx, { ...rest, product: made.id }, path);
  }
  if (product === undefined) throw missingParam(`${path}[product]`);
  return createInlinePrice(ctx, { ...rest, product }, path);
}

function activePrice(
  ctx: Context,
  priceId: string | undefined,
  path: string,
  currency: string | undefined,
): Stored<'price'> {
  if (priceId === undefined) throw missingParam(path);
  const price = ctx.get('price', priceId, path);
  if (price.active) return priceIn(ctx, price, currency, path);
  throw invalidRequest(
    'The price specified is inactive. This field only accepts active prices.',
    path,
  );
}
