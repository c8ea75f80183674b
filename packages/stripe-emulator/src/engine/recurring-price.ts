import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { createInlinePrice } from './inline-price';
import { inCurrency } from './items';
import type { Price } from './objects';
import type { ItemInput } from './subscription-items';

/** The recurring price an item names, in the subscription's currency. */
export function recurringPrice(
  ctx: Context,
  input: ItemInput,
  path: string,
  currency: string | undefined,
): Price {
  if (input.price_data) {
    const price = createInlinePrice(ctx, input.price_data, `${path}[price_data]`);
    return priceIn(ctx, price, currency, `${path}[price_data][currency]`);
  }
  const field = input.price === undefined && input.plan !== undefined ? 'plan' : 'price';
  const id = input.price ?? input.plan;
  if (id === undefined) {
    throw invalidRequest(
      `Missing required param: ${path}[price].`,
      `${path}[price]`,
      'parameter_missing',
    );
  }
  const price = ctx.get('price', id, `${path}[${field}]`);
  if (!price.active && !input.wasOffered) {
    throw invalidRequest(
      'The price specified is inactive. This field only accepts active prices.',
      `${path}[${field}]`,
    );
  }
  if (price.type !== 'recurring') {
    throw invalidRequest(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      `${path}[${field}]`,
    );
  }
  return priceIn(ctx, price, currency, `${path}[${field}]`);
}

/** A price in a currency it is offered in. @throws StripeError when it is not */
export function priceIn(
  ctx: Context,
  price: Price,
  currency: string | undefined,
  param: string,
): Price {
  const options = ctx.find('_price', price.id)?.currency_options ?? price.currency_options ?? {};
  if (currency === undefined || price.currency === currency) return price;
  if (!options[currency]) {
    throw invalidRequest(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
      param,
    );
  }
  const { currency_options: _options, ...own } = inCurrency(
    { ...price, currency_options: options },
    currency,
  );
  return own;
}
