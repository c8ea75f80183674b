import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import type { Price } from './objects';

/** `price_data` as a request gives it. */
export interface InlinePrice {
  currency: string;
  product: string;
  recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number };
  tax_behavior?: Price['tax_behavior'];
  unit_amount?: number;
  unit_amount_decimal?: string;
}

/** Makes the price of a `price_data`: as at Stripe an ordinary price, but not active. */
export function createInlinePrice(ctx: Context, data: InlinePrice, path: string): Price {
  const product = ctx.get('product', data.product, `${path}[product]`);
  const decimal = data.unit_amount_decimal ?? data.unit_amount?.toString();
  if (decimal === undefined) {
    throw invalidRequest(
      `Missing required param: ${path}[unit_amount].`,
      `${path}[unit_amount]`,
      'parameter_missing',
    );
  }
  return ctx.insert('price', {
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: ctx.now,
    currency: data.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: ctx.livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: product.id,
    recurring: data.recurring
      ? {
          interval: data.recurring.interval,
          interval_count: data.recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: data.recurring ? 'recurring' : 'one_time',
    unit_amount: Number.isInteger(Number(decimal)) ? Number(decimal) : null,
    unit_amount_decimal: decimal,
  });
}
