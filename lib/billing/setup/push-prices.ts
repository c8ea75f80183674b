import type Stripe from 'stripe';
import { env } from '../../env';
import { refusedParam } from '../errors';
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
import { CatalogueError, refuseInLiveMode } from './lost-plans';
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
    const named = await applyNamedPrice(plan.stripe?.prices?.[interval], desired, apply);
    if (named) {
      prices.set(key, named);
      continue;
    }
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

/** What cannot be changed in a price at Stripe. */
const FIXED = /^(product|currency|unit_amount|recurring)\b/;

/**
 * Uses a price that exists already, and adds what can be added: other currencies, how it treats tax.
 *
 * @returns its id; undefined when the catalogue names none, or one that test mode does not have
 * @throws CatalogueError when it is not what the catalogue says
 */
async function applyNamedPrice(
  id: string | undefined,
  desired: ReturnType<typeof desiredPrice>,
  apply: Apply,
): Promise<string | undefined> {
  if (!id) return undefined;
  const object = `price ${id}`;
  const price = await stripe()
    .prices.retrieve(id, { expand: ['currency_options'] })
    .catch((error: unknown) => {
      if (refusedParam(error) === null) throw error;
    });
  if (!price) {
    refuseInLiveMode(object);
    return undefined;
  }
  const details = diffFields(desired, price);
  const wrong = details.filter((detail) => FIXED.test(detail));
  if (wrong.length > 0) {
    throw new CatalogueError(
      `The catalogue names ${object} for something else (${wrong.join(', ')}).`,
      'Correct the plan in lib/billing/plans.ts, or leave the id out to have a new price made.',
    );
  }
  const { active, currency_options, tax_behavior } = desired;
  if (details.length > 0) {
    await apply({ object, action: 'update', details }, () =>
      stripe().prices.update(id, { active, currency_options, tax_behavior }),
    );
  }
  return id;
}

function desiredPrice(plan: PaidPlan, interval: Interval) {
  const [first, ...others] = currencies;
  const tax_behavior = env().STRIPE_TAX === 'inclusive' ? 'inclusive' : 'exclusive';
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
