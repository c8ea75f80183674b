import { expect, it } from 'vitest';
import { accessOf } from '@/lib/access';
import { findBillingAccount } from '@/lib/billing/account';
import { ensureCustomer } from '@/lib/billing/customer';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { freePlan, lookupKey, mostMembers, paidPlans } from '@/lib/billing/plans';
import { stripe } from '@/lib/billing/stripe';
import { db } from '@/lib/db';
import { consume } from '@/lib/usage/consume';
import { usageOf } from '@/lib/usage/usage';
import { createUser, plan } from '@/test/support/integration';
import { startPlan } from '@/test/support/subscribers';
import { movePlan, targetsOf } from './move-plan';

const bySeat = paidPlans.find(({ seats }) => seats && seats.min === 1);

it('gives the team the customer with all that belongs to it, and charges nothing', async () => {
  const { person, customer, subscription } = await payer();
  const team = await teamOf(person.id);
  const account = await findBillingAccount(person.id);
  await consume(account, 'exports');
  const before = await stripe().invoices.list({ customer });
  await movePlan(person, team);

  expect(await findBillingAccount(team)).toMatchObject({
    customer,
    subscription: { id: subscription },
  });
  expect((await accessOf({ id: team })).plan.name).toBe(plan.name);
  expect((await accessOf(person)).plan).toEqual(freePlan);
  expect(await findBillingAccount(person.id)).toMatchObject({ customer: null, subscription: null });
  const exports = (await usageOf({ id: team })).find(({ limit }) => limit === 'exports');
  expect(exports).toMatchObject({ used: 1 });
  await syncCustomer(customer);
  expect((await findBillingAccount(team)).subscription?.status).toBe('active');
  expect((await stripe().invoices.list({ customer })).data).toHaveLength(before.data.length);
});

it('leaves who moved it free to start again, as another customer', async () => {
  const { person, customer } = await payer();
  await movePlan(person, await teamOf(person.id));
  const account = await findBillingAccount(person.id);
  const next = await ensureCustomer(account);
  expect(next).not.toBe(customer);
  expect(await findBillingAccount(person.id)).toMatchObject({ customer: next });
});

it('is refused for a team of somebody else’s, one that pays, and without a plan', async () => {
  const { person, customer } = await payer();
  const other = await createUser();
  const [foreign, paying] = [await teamOf(other.id), await teamOf(person.id)];
  await db().team.update({ where: { id: paying }, data: { stripeCustomerId: `cus_${paying}` } });
  expect(await targetsOf(await findBillingAccount(person.id))).toMatchObject([
    { id: paying, problem: 'has-plan' },
  ]);
  for (const team of [foreign, paying, 'nonsense']) {
    await expect(movePlan(person, team)).rejects.toMatchObject({ problem: 'not-allowed' });
  }
  const own = { id: other.id, email: other.email, name: null };
  await expect(movePlan(own, foreign)).rejects.toMatchObject({ problem: 'not-allowed' });
  expect(await findBillingAccount(person.id)).toMatchObject({ customer });
});

it.runIf(bySeat)('is refused for a team with more members than seats are paid for', async () => {
  const { person } = await payer(bySeat);
  const team = await teamOf(person.id);
  const { id: userId } = await createUser();
  await db().member.create({ data: { teamId: team, userId, role: 'member' } });
  expect(await targetsOf(await findBillingAccount(person.id))).toMatchObject([
    { problem: 'too-small' },
  ]);
  await expect(movePlan(person, team)).rejects.toMatchObject({ problem: 'not-allowed' });
});

it('happens once, to one of two teams that are asked for at the same moment', async () => {
  const { person, customer } = await payer();
  const teams = [await teamOf(person.id), await teamOf(person.id)];
  const outcomes = await Promise.allSettled(teams.map((team) => movePlan(person, team)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await db().team.count({ where: { stripeCustomerId: customer } })).toBe(1);
});

/** Somebody who pays for a plan that a team can have. */
async function payer(of: (typeof paidPlans)[number] = plan) {
  const user = await createUser();
  const { customer, subscription } = await startPlan(user, lookupKey(of, 'month'));
  await syncCustomer(customer);
  expect(mostMembers(of)).toBeGreaterThan(0);
  const person = { id: user.id, email: user.email, name: null };
  return { person, customer, subscription: subscription.id };
}

async function teamOf(userId: string): Promise<string> {
  const members = { create: { userId, role: 'owner' } };
  const data = { name: 'Crew', email: 'crew@example.com', members };
  return (await db().team.create({ data })).id;
}
