import type Stripe from 'stripe';
import { stripe } from '../stripe';

/**
 * What the prices of a subscription cost in its currency. A price that is offered in several shows only
 * its default one, so the others are asked for, once: an amount of a price does not change.
 *
 * @returns gives an amount in the currency's smallest unit; null for prices without one (tiers)
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function amountsIn(
  currency: string,
  prices: readonly Stripe.Price[],
): Promise<(price: Stripe.Price) => number | null> {
  // Some replies show a price in the subscription's own currency already.
  const foreign = prices.flatMap((price) => (price.currency === currency ? [] : [price.id]));
  const amounts = new Map(
    await Promise.all(foreign.map(async (id) => [id, await amountIn(currency, id)] as const)),
  );
  return ({ id, unit_amount }) => amounts.get(id) ?? (amounts.has(id) ? null : unit_amount);
}

async function amountIn(currency: string, id: string): Promise<number | null> {
  const key = `${id} ${currency}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const price = await stripe().prices.retrieve(id, { expand: ['currency_options'] });
  const amount = price.currency_options?.[currency]?.unit_amount ?? null;
  remembered.set(key, amount);
  return amount;
}

const remembered = new Map<string, number | null>();
