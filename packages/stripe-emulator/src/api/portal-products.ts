import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { Stored } from '../core/tables';

type Products = NonNullable<
  Stored<'billing_portal.configuration'>['features']['subscription_update']['products']
>;

const MOST_PRODUCTS = 10;

/**
 * Checks the products customers may switch between against Stripe's limits: ten at most, each once,
 * its prices its own, active and recurring, and no two of them with the same interval and currency.
 */
export function checkPortalProducts(ctx: Context, products: Products, path: string): void {
  if (products.length > MOST_PRODUCTS) {
    throw invalidRequest(`You can specify at most ${MOST_PRODUCTS} products.`, path);
  }
  const seen = new Set<string>();
  for (const [at, entry] of products.entries()) {
    const here = `${path}[${at}]`;
    const product = ctx.get('product', entry.product, `${here}[product]`);
    if (seen.has(product.id)) {
      throw invalidRequest(`The product ${product.id} is listed twice.`, `${here}[product]`);
    }
    seen.add(product.id);
    checkPrices(ctx, product.id, entry.prices, `${here}[prices]`);
    const { maximum, minimum } = entry.adjustable_quantity;
    if (maximum !== null && maximum < minimum) {
      throw invalidRequest(
        'The maximum quantity must not be less than the minimum.',
        `${here}[adjustable_quantity][maximum]`,
      );
    }
  }
}

function checkPrices(ctx: Context, product: string, prices: string[], path: string): void {
  if (prices.length === 0) {
    throw invalidRequest('Each product must have at least one price.', path, 'parameter_missing');
  }
  const intervals = new Set<string>();
  for (const [at, priceId] of prices.entries()) {
    const here = `${path}[${at}]`;
    const price = ctx.get('price', priceId, here);
    if (price.product !== product) {
      throw invalidRequest(`The price ${priceId} does not belong to the product ${product}.`, here);
    }
    if (!price.active) throw invalidRequest(`The price ${priceId} is inactive.`, here);
    if (!price.recurring) {
      throw invalidRequest(`The price ${priceId} is not recurring.`, here);
    }
    const { interval, interval_count } = price.recurring;
    const rhythm = `${interval_count} ${interval} ${price.currency}`;
    if (intervals.has(rhythm)) {
      throw invalidRequest(
        `The product ${product} has two prices with the same billing interval; customers could not tell them apart.`,
        here,
      );
    }
    intervals.add(rhythm);
  }
}
