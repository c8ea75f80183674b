import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { currency, monthly, yearly } from '@/test/support/plans';
import { giveCard } from '@/test/support/subscribers';
import { registerChangeHandlers } from '../change-handlers';
import { db } from '../db';
import { deleteAccount } from '../delete-account';
import { type BillingAccount, findBillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { changeHandlers } from './changes';
import { createCheckoutUrl } from './checkout';
import { ensureCustomer } from './customer';
import { deliverLeftChanges } from './deliver-changes';
import { syncCustomer } from './mirror/sync';
import { type PaidPlan, paidPlans } from './plans';
import { reconcile } from './repair/reconcile';
import { checkTrial, settleStart } from './settle-start';
import { stripe } from './stripe';
import { mayHaveTrial } from './trials';
import { whyUndone } from './undone';

const withTrial = paidPlans.find(({ trial, retired }) => trial && !retired);

/** Somebody with this address and card. */
async function person(email = `${randomUUID()}@example.com`, card?: string) {
  const { id } = await db().user.create({ data: { email } });
  const customer = await ensureCustomer(await findBillingAccount(id));
  if (card) await giveCard(customer, card);
  return { account: await findBillingAccount(id), customer };
}

/** What Checkout does when it is completed. */
async function buy(
  { account, customer }: { account: BillingAccount; customer: string },
  { trial = false, price = monthly, isOurs = true, isSeen = true } = {},
): Promise<string> {
  const { id } = await stripe().subscriptions.create({
    customer,
    items: [{ price: await catalogueId(price) }],
    metadata: isOurs ? { userId: account.id } : {},
    ...(trial && { trial_period_days: 14 }),
  });
  if (isSeen) await syncCustomer(customer);
  return id;
}

async function statusOf(id: string) {
  const { status, cancellation_details } = await stripe().subscriptions.retrieve(id);
  return { status, why: whyUndone(cancellation_details?.comment) };
}

/** What was charged and what was paid back, in cents. */
async function moneyOf(customer: string): Promise<{ charged: number; refunded: number }> {
  const { data } = await stripe().charges.list({ customer });
  return {
    charged: data.reduce((sum, { amount_captured }) => sum + amount_captured, 0),
    refunded: data.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
  };
}

const running = { status: 'trialing', why: null };
const refused = { status: 'canceled', why: 'trial-used' };

it('a second plan whose payment is disputed already is ended without a refund', async () => {
  const someone = await person(undefined, 'pm_card_visa');
  const first = await buy(someone);
  await giveCard(someone.customer, 'pm_card_createDispute');
  const second = await buy(someone);
  const [charge] = (await stripe().charges.list({ customer: someone.customer })).data;
  const disputes = () => stripe().disputes.list({ charge: charge?.id ?? '' });
  await expect.poll(async () => (await disputes()).data.length).toBe(1);
  await settleStart(someone.customer);
  expect(await statusOf(first)).toMatchObject({ status: 'active' });
  expect(await statusOf(second)).toEqual({ status: 'canceled', why: 'second-plan' });
  expect(await moneyOf(someone.customer)).toMatchObject({ refunded: 0 });
});

it('a person has one trial, by whatever tag of their address and after deleting their account', async () => {
  const name = randomUUID();
  const first = await person(`${name}@example.com`);
  expect(await mayHaveTrial(first.account)).toBe(true);
  const trial = await buy(first, { trial: true });
  expect(await settleStart(first.customer)).toBeNull();
  expect(await statusOf(trial)).toEqual(running);
  for (const email of [`${name}@example.com`, `${name}+1@example.com`, `${name}+a+b@example.com`]) {
    expect(await mayHaveTrial({ id: 'another', email })).toBe(false);
  }
  const elsewhere = `${name}@example.org`;
  expect(await mayHaveTrial({ id: 'another', email: elsewhere })).toBe(true);
  // Somebody may change their address.
  expect(await mayHaveTrial({ ...first.account, email: elsewhere })).toBe(false);
  await deleteAccount(await findBillingAccount(first.account.id));
  const again = await person(`${name}@example.com`);
  const second = await buy(again, { trial: true });
  await settleStart(again.customer);
  expect(await statusOf(second)).toEqual(refused);
  expect(await moneyOf(again.customer)).toEqual({ charged: 0, refunded: 0 });
});

it('a card has one trial, whoever holds it and whenever it is added', async () => {
  const card = 'pm_card_mastercard';
  const first = await person(undefined, card);
  const trial = await buy(first, { trial: true });
  await settleStart(first.customer);
  await settleStart(first.customer);
  expect(await statusOf(trial)).toEqual(running);
  const second = await person(undefined, card);
  const another = await buy(second, { trial: true });
  await settleStart(second.customer);
  expect(await statusOf(another)).toEqual(refused);
  const third = await person();
  const last = await buy(third, { trial: true });
  await settleStart(third.customer);
  expect(await statusOf(last)).toEqual(running);
  await giveCard(third.customer, card);
  await checkTrial(third.customer);
  expect(await statusOf(last)).toEqual(refused);
  for (const { customer } of [second, third]) {
    expect(await moneyOf(customer)).toEqual({ charged: 0, refunded: 0 });
  }
});

it.runIf(withTrial)('Checkout opens with a trial once, and never for a plan without', async () => {
  if (!withTrial?.trial) return;
  const someone = await person();
  const order = { plan: withTrial, interval: 'month', currency, seats: 1, trial: true } as const;
  await createCheckoutUrl(someone.account, order, null);
  const { data } = await stripe().checkout.sessions.list({ customer: someone.customer });
  expect(data).toMatchObject([
    {
      amount_total: 0,
      payment_method_collection: withTrial.trial.card ? 'always' : 'if_required',
    },
  ]);
  await buy(someone, { trial: true });
  await settleStart(someone.customer);
  const other = await person(someone.account.email.replace('@', '+2@'));
  await expect(createCheckoutUrl(other.account, order, null)).rejects.toMatchObject({
    problem: 'trial-used',
  });
  const asksCard: PaidPlan = { ...withTrial, trial: { ...withTrial.trial, card: true } };
  const owner = await person();
  await createCheckoutUrl(owner.account, { ...order, plan: asksCard }, null);
  const { data: asked } = await stripe().checkout.sessions.list({ customer: owner.customer });
  expect(asked).toMatchObject([{ amount_total: 0, payment_method_collection: 'always' }]);
  const plan: PaidPlan = { ...withTrial, trial: undefined };
  const newcomer = await person();
  await expect(createCheckoutUrl(newcomer.account, { ...order, plan }, null)).rejects.toMatchObject(
    { problem: 'trial-used' },
  );
});

it('of two plans the first stays, and the other is canceled and refunded once', async () => {
  const someone = await person(undefined, 'pm_card_visa');
  const first = await buy(someone);
  const once = await moneyOf(someone.customer);
  const second = await buy(someone, { price: yearly });
  const { charged } = await moneyOf(someone.customer);
  await Promise.all([settleStart(someone.customer), settleStart(someone.customer)]);
  await settleStart(someone.customer);
  expect(await statusOf(first)).toEqual({ status: 'active', why: null });
  expect(await statusOf(second)).toEqual({ status: 'canceled', why: 'second-plan' });
  expect(await moneyOf(someone.customer)).toEqual({ charged, refunded: charged - once.charged });
});

it('the reconciler finds two plans that nobody was told of, and one is left', async () => {
  const someone = await person(undefined, 'pm_card_visa');
  const [first, second] = [await buy(someone), await buy(someone, { isSeen: false })];
  registerChangeHandlers();
  try {
    await reconcile({ scope: { customer: someone.customer }, fix: true });
    await expect
      .poll(async () => {
        await deliverLeftChanges();
        return [await statusOf(first), await statusOf(second)];
      })
      .toEqual([
        { status: 'active', why: null },
        { status: 'canceled', why: 'second-plan' },
      ]);
    await expect
      .poll(() => db().mail.findMany({ where: { userId: someone.account.id, kind: 'ended' } }))
      .toMatchObject([{ cause: second, facts: { isSecond: true } }]);
  } finally {
    changeHandlers().clear();
  }
});

it('leaves alone what was not bought here, and closes the pages that are still open', async () => {
  const someone = await person(undefined, 'pm_card_visa');
  const [plan] = paidPlans;
  if (!plan) return;
  await createCheckoutUrl(someone.account, { plan, interval: 'month', currency, seats: 1 }, null);
  await buy(someone);
  const another = await buy(someone, { isOurs: false });
  expect(await settleStart(someone.customer)).toBeNull();
  expect(await statusOf(another)).toEqual({ status: 'active', why: null });
  const { data } = await stripe().checkout.sessions.list({ customer: someone.customer });
  expect(data.map(({ status }) => status)).toEqual(['expired']);
});
