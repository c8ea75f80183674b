import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { makeCode as make } from '@/test/support/codes';
import { breakStripe, createSubscriber, createUser, mendStripe } from '@/test/support/integration';
import { currency, plan } from '@/test/support/plans';
import { findBillingAccount } from './account';
import { createCheckoutUrl } from './checkout';
import { syncCustomer } from './mirror/sync';
import { currencies, paidPlans, productId } from './plans';
import { type CodeUser, findCode, priceWith } from './promotion-code';
import { stripe } from './stripe';

function somebody(more: Partial<CodeUser> = {}): CodeUser {
  return { key: randomUUID(), customer: null, hasPaid: false, ...more };
}

const order = { plan, interval: 'month', currency, seats: 1 } as const;
const full = plan.prices.month[currency];

/** What Checkout asks of somebody new for an order. */
async function atCheckout(code: string, wanted: Parameters<typeof createCheckoutUrl>[1] = order) {
  const user = await createUser();
  await createCheckoutUrl(user, { ...wanted, code }, null);
  const { customer } = await findBillingAccount(user.id);
  const { data } = await stripe().checkout.sessions.list({ customer: customer ?? '' });
  return data[0];
}

/** Somebody subscribes with a code. */
async function redeem(code: string): Promise<void> {
  const { data } = await stripe().promotionCodes.list({ code });
  const { subscription } = await createSubscriber();
  await stripe().subscriptions.update(subscription.id, {
    discounts: [{ promotion_code: data[0]?.id ?? '' }],
  });
}

it.each([
  ['a percentage', { percent_off: 12.5 }],
  ['a percentage for some months', { duration: 'repeating', duration_in_months: 3 }],
  ['an amount', { amount_off: 300, currency }],
  ['more than all', { amount_off: full + 1, currency }],
  ['only this plan', { applies_to: { products: [productId(plan)] } }],
] as const)('the price shown is what Checkout asks for: %s', async (_case, coupon) => {
  const typed = await make({ coupon: coupon as Partial<Stripe.CouponCreateParams> });
  const found = await findCode(` ${typed.toLowerCase()} `, somebody());
  if (typeof found === 'string') throw new Error(found);
  const price = priceWith(found, order);
  expect(price).toBeLessThan(full);
  expect((await atCheckout(typed))?.amount_total).toBe(price);
});

it('an amount is taken off all seats together', async () => {
  const bySeat = paidPlans.find(({ seats }) => (seats?.max ?? 0) > 1);
  if (!bySeat) return;
  const typed = await make({ coupon: { amount_off: 300, currency } });
  const found = await findCode(typed, somebody());
  if (typeof found === 'string') throw new Error(found);
  const seats = { ...order, plan: bySeat, seats: 2 };
  const price = priceWith(found, seats);
  expect((await atCheckout(typed, seats))?.amount_total).toBe(price);
});

it('says why a code cannot be used', async () => {
  expect(await findCode(await make({ active: false }), somebody())).toBe('over');
  const once = await make({ max_redemptions: 1 });
  expect(await findCode(once, somebody())).toMatchObject({ code: once });
  await redeem(once);
  expect(await findCode(once, somebody())).toBe('over');
  expect(await findCode('nobody-made-this', somebody())).toBe('unknown');
  expect(await findCode('\u0000 <b>', somebody())).toBe('unknown');
  const { customer } = await createSubscriber();
  const personal = await make({ customer });
  expect(await findCode(personal, somebody())).toBe('unknown');
  expect(await findCode(personal, somebody({ customer }))).toMatchObject({ code: personal });
  const first = await make({ restrictions: { first_time_transaction: true } });
  expect(await findCode(first, somebody({ hasPaid: true }))).toBe('first-only');
  expect(await findCode(first, somebody())).toMatchObject({ isForFirstPurchase: true });
});

it('says for which purchases a code is', async () => {
  const minimum = await make({
    restrictions: { minimum_amount: full + 1, minimum_amount_currency: currency },
  });
  const inOther = await make({ coupon: { amount_off: 300, currency: 'sek' } });
  const forOther = await make({
    coupon: { applies_to: { products: [(await stripe().products.create({ name: 'A mug' })).id] } },
  });
  const cases = [
    [minimum, 'minimum'],
    [inOther, 'other-currency'],
    [forOther, 'other-plan'],
  ] as const;
  for (const [typed, reason] of cases) {
    const found = await findCode(typed, somebody());
    if (typeof found === 'string') throw new Error(found);
    for (const each of currencies) {
      const price = priceWith(found, { ...order, currency: each });
      if (each === currency || reason !== 'minimum') expect(price).toBe(reason);
    }
    await expect(atCheckout(typed)).rejects.toMatchObject({ problem: 'code-refused' });
  }
});

it('a code for a first purchase is refused to whoever has paid, before they pay again', async () => {
  const typed = await make({ restrictions: { first_time_transaction: true } });
  const { user, customer, subscription } = await createSubscriber();
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  await expect(createCheckoutUrl(user, { ...order, code: typed }, null)).rejects.toMatchObject({
    problem: 'code-refused',
  });
});

it('does not know while Stripe does not answer, and asks for one person only so often', async () => {
  const typed = await make();
  await breakStripe({ on: 'GET /v1/promotion_codes', kind: '500', times: 1 });
  expect(await findCode(typed, somebody())).toBe('unanswered');
  await mendStripe();
  const guesser = somebody();
  const guesses = await Promise.all(Array.from({ length: 25 }, () => findCode(typed, guesser)));
  expect(guesses.filter((each) => each === 'unanswered')).toHaveLength(5);
});
