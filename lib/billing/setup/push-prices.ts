import type Stripe from 'stripe';
import {
  currencies,
  type Interval,
  intervals,
  type LookupKey,
  lookupKey,
  type PaidPlan,
  paidPlans,
  productId,
} from '../plans';
import { stripe } from '../stripe';
import { diffFields } from './diff-fields';
import type { Apply } from './push';

/**
 * Makes the prices at Stripe what the catalogue says.
 *
 * @returns the prices' ids by lookup key (undefined for one that a dry run did not create), and the
 *   ids of prices that a new one replaced and that can be archived
 */
export async function applyPrices(
  apply: Apply,
): Promise<{ prices: Map<LookupKey, string | undefined>; replaced: string[] }> {
  const wanted = paidPlans.flatMap((plan) => intervals.map((interval) => ({ plan, interval })));
  const found = await stripe().prices.list({
    lookup_keys: wanted.map(({ plan, interval }) => lookupKey(plan, interval)),
    limit: 100,
    expand: ['data.currency_options'],
  });
  const prices = new Map<LookupKey, string | undefined>();
  const replaced: string[] = [];
  for (const { plan, interval } of wanted) {
    const key = lookupKey(plan, interval);
    const desired = desiredPrice(plan, interval);
    const price = found.data.find(({ lookup_key }) => lookup_key === key);
    const details = price ? diffFields(desired, price) : [];
    if (price && details.length === 0) {
      prices.set(key, price.id);
      continue;
    }
    const created = await apply({ object: `price ${key}`, action: 'create', details }, () =>
      stripe().prices.create({ ...desired, lookup_key: key, transfer_lookup_key: true }),
    );
    prices.set(key, created?.id);
    if (price) replaced.push(price.id);
  }
  return { prices, replaced };
}

function desiredPrice(plan: PaidPlan, interval: Interval) {
  const [first, ...others] = currencies;
  const tax_behavior = 'exclusive';
  return {
    product: productId(plan),
    currency: first,
    unit_amount: plan.prices[interval][first],
    currency_options: Object.fromEntries(
      others.map((currency) => [
        currency,
        { unit_amount: plan.prices[interval][currency], tax_behavior },
      ]),
    ),
    recurring: { interval },
    active: true,
    tax_behavior,
  } satisfies Stripe.PriceCreateParams;
}
