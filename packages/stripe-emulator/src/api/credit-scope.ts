import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { array, exclusive, id, type Output, object, oneOf, required } from '../core/params';
import type { Stored } from '../core/tables';
import { isMetered } from '../engine/items';

const scope = object({
  price_type: oneOf(['metered']),
  prices: array(object({ id: required(id()) }), { max: 20 }),
});

type Scope = Stored<'billing.credit_grant'>['applicability_config']['scope'];

/** What credits can pay for, as a parameter. */
export function creditScope() {
  return scope;
}

/** @throws StripeError unless it is all metered prices, or some that exist */
export function scopeOf(ctx: Context, given: Output<typeof scope>): Scope {
  exclusive(given, 'price_type', 'prices');
  if (given.price_type) return { price_type: given.price_type };
  if (!given.prices?.length) {
    throw invalidRequest('You must specify either `price_type` or `prices`.', 'scope');
  }
  for (const [at, { id: price }] of given.prices.entries()) {
    if (isMetered(ctx.get('price', price, `prices[${at}][id]`))) continue;
    throw invalidRequest('Billing credits only apply to metered prices.', `prices[${at}][id]`);
  }
  return { prices: given.prices };
}

/** Whether two scopes are the same, in whatever order. */
export function isSameScope(a: Scope, b: Scope): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ price_type, prices = [] }: Scope): string {
  return price_type ?? [...prices.map(({ id: price }) => price)].sort().join(' ');
}
