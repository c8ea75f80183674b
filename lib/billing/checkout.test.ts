import { expect, it } from 'vitest';
import {
  createSubscriber,
  createTeam,
  createUser,
  currency,
  dearerPlan,
  plan,
} from '@/test/support/integration';
import { findBillingAccount } from './account';
import { createCheckoutUrl, type Order } from './checkout';
import { seatsFor } from './plan-change';
import { currencies, mostMembers, paidPlans } from './plans';
import { stripe } from './stripe';

const order: Order = { plan, interval: 'month', currency, seats: 1 };
const another: Order = { ...order, plan: dearerPlan, interval: 'year' };

it('opens one Checkout page for many clicks at once', async () => {
  const user = await createUser();
  const urls = await Promise.all(
    Array.from({ length: 10 }, () => createCheckoutUrl(user, order, null)),
  );
  expect(new Set(urls).size).toBe(1);
});

it('leads back to the page that is open already, and closes those for other plans', async () => {
  const user = await createUser();
  const first = await createCheckoutUrl(user, order, null);
  expect(await createCheckoutUrl(await findBillingAccount(user.id), order, null)).toBe(first);
  expect(await createCheckoutUrl(await findBillingAccount(user.id), another, null)).not.toBe(first);
  const { stripeCustomerId } = await findBillingAccount(user.id);
  const { data } = await stripe().checkout.sessions.list({ customer: stripeCustomerId ?? '' });
  expect(data.map(({ status }) => status)).toEqual(['open', 'expired']);
});

it('sells no second subscription, even when our own record has not heard of the first', async () => {
  const { user } = await createSubscriber();
  await expect(createCheckoutUrl(user, another, null)).rejects.toMatchObject({
    problem: 'already-subscribed',
  });
});

it('opens for somebody whose customer was deleted at Stripe, with a new one', async () => {
  const user = await createUser();
  await createCheckoutUrl(user, order, null);
  const before = await findBillingAccount(user.id);
  await stripe().customers.del(before.customer ?? '');
  expect(await createCheckoutUrl(before, order, null)).toMatch(/^http/);
  const after = await findBillingAccount(user.id);
  expect(after.customer).toMatch(/^cus_/);
  expect(after.customer).not.toBe(before.customer);
});

it.each(currencies)('sells a plan at its own amount in %s', async (currency) => {
  const { session } = await openSession({ ...order, currency });
  expect(session).toMatchObject({ currency, amount_total: plan.prices.month[currency] });
});

it('closes the page in one currency when somebody chooses another', async () => {
  const user = await createUser();
  for (const currency of currencies) await openSession({ ...order, currency }, user.id);
  const { data } = await openSession(order, user.id);
  expect(data.filter(({ status }) => status === 'open')).toMatchObject([{ currency }]);
});

const bySeat = paidPlans.find(({ seats }) => seats);

it.runIf(bySeat)('sells as many seats as were asked for, within what the plan allows', async () => {
  if (!bySeat?.seats) return;
  const { min, max } = bySeat.seats;
  const { session } = await openSession({ ...order, plan: bySeat, seats: max });
  expect(session).toMatchObject({ amount_subtotal: bySeat.prices.month[currency] * max });
  for (const seats of [min - 1, max + 1, 1.5, Number.NaN]) {
    await expect(openSession({ ...order, plan: bySeat, seats })).rejects.toMatchObject({
      problem: 'seats',
    });
  }
  await expect(openSession({ ...order, seats: 2 })).rejects.toMatchObject({ problem: 'seats' });
});

it.runIf(bySeat)('sells a team one seat for each member, and no other number', async () => {
  if (!bySeat) return;
  const team = await createTeam(3);
  const wanted = { ...order, plan: bySeat, seats: 3 };
  const { session } = await openSession(wanted, team.id);
  expect(session).toMatchObject({ amount_subtotal: bySeat.prices.month[currency] * 3 });
  const { data } = await stripe().checkout.sessions.listLineItems(session?.id ?? '');
  expect(data).toMatchObject([{ quantity: 3, adjustable_quantity: null }]);
  for (const seats of [1, 2, 4]) {
    await expect(openSession({ ...wanted, seats }, team.id)).rejects.toMatchObject({
      problem: 'members',
    });
  }
});

it('sells a team no plan that is for fewer people', async () => {
  const small = paidPlans.find((each) => mostMembers(each) < 10);
  if (!small) return;
  const team = await createTeam(mostMembers(small) + 1);
  const wanted = { ...order, plan: small, seats: seatsFor(small, team.members, 1) };
  await expect(openSession(wanted, team.id)).rejects.toMatchObject({ problem: 'members' });
});

/** The newest Checkout session of somebody who asked for this, and all of theirs. */
async function openSession(wanted: Order, userId?: string) {
  const account = userId ? await findBillingAccount(userId) : await createUser();
  await createCheckoutUrl(account, wanted, null);
  const { customer } = await findBillingAccount(account.id);
  const { data } = await stripe().checkout.sessions.list({ customer: customer ?? '' });
  return { session: data[0], data };
}
