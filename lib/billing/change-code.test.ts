import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { makeCode } from '@/test/support/codes';
import { currency, dearerPlan } from '@/test/support/integration';
import { monthly, sellsTwo } from '@/test/support/plans';
import { createSubscriber, giveCard } from '@/test/support/subscribers';
import { findBillingAccount } from './account';
import { codeForChange } from './change-code';
import { changePlan } from './change-plan';
import { keepPlan } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import type { Timing } from './plan-change';
import { productId, retentionOffer } from './plans';
import { previewChange } from './preview-change';
import { stripe } from './stripe';

const quantity = dearerPlan.seats?.min ?? 1;
const dearer = { plan: dearerPlan, interval: 'month', quantity } as const;
const forFirst = { first_time_transaction: true };

/** Sees what the dearer plan costs with a code, and what would be confirmed then. */
async function preview(userId: string, typed: string, timing: Timing = 'now', goal = dearer) {
  const account = await findBillingAccount(userId);
  const code = await codeForChange(account, goal, timing, typed);
  if (typeof code === 'string') throw new Error(code);
  const seen = await previewChange(account, { ...goal, code }, timing);
  return { ...seen, confirm: () => changePlan(account, goal, { timing, ...seen, code: typed }) };
}

async function refusalOf(userId: string, typed: string, timing: Timing = 'now') {
  const found = await codeForChange(await findBillingAccount(userId), dearer, timing, typed);
  return typeof found === 'string' ? found : null;
}

it.runIf(sellsTwo).each([
  ['once', { duration: 'once', percent_off: 12.5 }],
  ['for some months', { duration: 'repeating', duration_in_months: 3, percent_off: 33.3 }],
  ['forever', { duration: 'forever', percent_off: 20 }],
  ['an amount', { duration: 'once', amount_off: 700, currency }],
  ['more than everything', { duration: 'forever', amount_off: 10_000_000, currency }],
] as const)('an upgrade with a code costs what its preview says: %s', async (_case, coupon) => {
  const { userId, customer, subscription } = await createSubscriber();
  // A discount that is there already stays.
  await stripe().subscriptions.update(subscription, {
    discounts: [{ coupon: retentionOffer.name }],
  });
  await syncCustomer(customer);
  const typed = await makeCode({ coupon: coupon satisfies Partial<Stripe.CouponCreateParams> });
  const { dueNow, next, confirm } = await preview(userId, typed);
  expect(await confirm()).toEqual({ notice: 'changed' });
  const { latest_invoice } = await stripe().subscriptions.retrieve(subscription, {
    expand: ['latest_invoice'],
  });
  expect(latest_invoice).toMatchObject({ status: 'paid', amount_due: dueNow });
  const { amount_due } = await stripe().invoices.createPreview({ customer, subscription });
  expect(next.amount).toBe(amount_due);
});

it.runIf(sellsTwo)(
  'a code for a change is redeemed once, and only when it is confirmed',
  async () => {
    const { userId, customer } = await createSubscriber();
    const typed = await makeCode({ coupon: { duration: 'forever' }, max_redemptions: 1 });
    const { confirm } = await preview(userId, typed);
    await giveCard(customer, 'pm_card_chargeCustomerFail');
    await expect(confirm()).rejects.toMatchObject({ code: 'card_declined' });
    expect(await refusalOf(userId, typed)).toBeNull();
    await giveCard(customer, 'pm_card_authenticationRequired');
    const seen = await preview(userId, typed);
    expect(await seen.confirm()).toHaveProperty('pay');
    const { data } = await stripe().promotionCodes.list({ code: typed });
    expect(data).toMatchObject([{ times_redeemed: 1 }]);
    await keepPlan(await findBillingAccount(userId));
  },
);

it.runIf(sellsTwo)('of two confirmations at once, a code counts for one', async () => {
  const { userId, subscription } = await createSubscriber();
  const typed = await makeCode();
  const { confirm } = await preview(userId, typed);
  const results = await Promise.allSettled([confirm(), confirm()]);
  expect(results).toContainEqual({ status: 'fulfilled', value: { notice: 'changed' } });
  expect((await stripe().promotionCodes.list({ code: typed })).data).toMatchObject([
    { times_redeemed: 1 },
  ]);
  expect((await stripe().subscriptions.retrieve(subscription)).discounts).toHaveLength(1);
});

it.runIf(sellsTwo)('says why a code takes nothing off a change', async () => {
  const { userId, customer, subscription } = await createSubscriber();
  const price = dearerPlan.prices.month[currency] * quantity;
  const used = await makeCode({ coupon: { duration: 'forever' } });
  const [code] = (await stripe().promotionCodes.list({ code: used })).data;
  await stripe().subscriptions.update(subscription, {
    discounts: [{ promotion_code: code?.id ?? '' }],
  });
  await syncCustomer(customer);
  const mug = await stripe().products.create({ name: 'A mug' });
  const refusals = {
    used,
    unknown: 'nobody-made-this',
    over: await makeCode({ active: false }),
    'first-only': await makeCode({ restrictions: forFirst }),
    'other-plan': await makeCode({ coupon: { applies_to: { products: [mug.id] } } }),
    'other-currency': await makeCode({ coupon: { amount_off: 300, currency: 'sek' } }),
    minimum: await makeCode({
      restrictions: { minimum_amount: price + 1, minimum_amount_currency: currency },
    }),
  };
  for (const [refusal, typed] of Object.entries(refusals)) {
    expect(await refusalOf(userId, typed)).toBe(refusal);
  }
  const fine = await makeCode({ coupon: { applies_to: { products: [productId(dearerPlan)] } } });
  expect(await refusalOf(userId, fine)).toBeNull();
  expect(await refusalOf(userId, fine, 'period-end')).toBe('later');
});

it.runIf(sellsTwo)('changes nothing with a code that cannot be used any more', async () => {
  const { userId, customer, subscription } = await createSubscriber();
  const typed = await makeCode();
  const { confirm, ...seen } = await preview(userId, typed);
  const account = await findBillingAccount(userId);
  await expect(changePlan(account, dearer, { timing: 'now', ...seen })).rejects.toMatchObject({
    problem: 'preview-outdated',
  });
  const [code] = (await stripe().promotionCodes.list({ code: typed })).data;
  await stripe().promotionCodes.update(code?.id ?? '', { active: false });
  await expect(confirm()).rejects.toMatchObject({ problem: 'code-refused' });
  expect((await stripe().invoices.list({ customer })).data).toHaveLength(1);
  const { items } = await stripe().subscriptions.retrieve(subscription);
  expect(items.data).toMatchObject([{ price: { lookup_key: monthly } }]);
});
