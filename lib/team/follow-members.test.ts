import { expect, it } from 'vitest';
import { findBillingAccount } from '@/lib/billing/account';
import { changePlan } from '@/lib/billing/change-plan';
import { costOfMember } from '@/lib/billing/cost-of-member';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { isTiming, type PlanGoal, timingOf } from '@/lib/billing/plan-change';
import { lookupKey, paidPlans } from '@/lib/billing/plans';
import { previewChange } from '@/lib/billing/preview-change';
import { accountsWithOtherSeats } from '@/lib/billing/set-seats';
import { stripe } from '@/lib/billing/stripe';
import { db } from '@/lib/db';
import {
  breakStripe,
  createTeam,
  createUser,
  currency,
  mendStripe,
  passTime,
  requestsDuring,
} from '@/test/support/integration';
import { giveCard, startPlan } from '@/test/support/subscribers';
import { followLeftMembers, queueSeats } from './follow-members';

const bySeat = paidPlans.find(({ seats }) => seats && seats.min === 1 && seats.max > 5);
const once = paidPlans.find(({ seats }) => !seats);

it.runIf(bySeat)('charges for who joins at once, and the same again changes nothing', async () => {
  const team = await payingTeam(2);
  expect(await quantityOf(team)).toBe(2);
  await join(team);
  await followLeftMembers();
  expect(await quantityOf(team)).toBe(3);
  expect(await newestTotal(team)).toBeGreaterThan(0);
  const asked = await requestsDuring(async () => {
    await change(team, async () => {});
    await followLeftMembers();
  });
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
});

it.runIf(bySeat)('tells Stripe once of several changes in quick succession', async () => {
  const team = await payingTeam(1);
  await join(team);
  await join(team);
  await leave(team);
  await join(team);
  const asked = await requestsDuring(followLeftMembers);
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(await quantityOf(team)).toBe(3);
});

it.runIf(bySeat)('has the next invoice be for fewer when somebody leaves', async () => {
  const team = await payingTeam(3);
  const before = await newestInvoice(team);
  await leave(team);
  await followLeftMembers();
  expect(await quantityOf(team)).toBe(2);
  expect(await newestInvoice(team)).toEqual(before);
  const next = await stripe().invoices.createPreview({ customer: customerOf(team) });
  expect(next.total).toBe(2 * (bySeat?.prices.month[currency] ?? 0));
});

it.runIf(bySeat)(
  'does not charge twice in a period for a seat that somebody else takes over',
  async () => {
    const team = await payingTeam(3);
    const before = await newestInvoice(team);
    await leave(team);
    await followLeftMembers();
    await leave(team);
    await followLeftMembers();
    await join(team);
    await followLeftMembers();
    await join(team);
    await followLeftMembers();
    expect(await quantityOf(team)).toBe(3);
    expect(await newestInvoice(team)).toEqual(before);
    await join(team);
    await followLeftMembers();
    expect(await newestTotal(team)).toBeGreaterThan(0);
    expect(await newestTotal(team)).toBeLessThanOrEqual(bySeat?.prices.month[currency] ?? 0);
  },
);

it.runIf(bySeat)('goes on after Stripe failed, with what is true then', async () => {
  const team = await payingTeam(1);
  await breakStripe({ on: 'POST /v1/subscriptions/:id', kind: '500' });
  await join(team);
  await followLeftMembers();
  await mendStripe();
  expect(await quantityOf(team)).toBe(1);
  expect(await db().team.findUnique({ where: { id: team.id } })).toMatchObject({
    seatsAttempts: 1,
    seatsDueAt: expect.any(Date),
  });
  await join(team);
  await followLeftMembers();
  expect(await quantityOf(team)).toBe(3);
  expect(await db().team.findUnique({ where: { id: team.id } })).toMatchObject({
    seatsAttempts: 0,
    seatsDueAt: null,
  });
});

it.runIf(bySeat)('does what is left once when several processes begin with it', async () => {
  const team = await payingTeam(1);
  await join(team);
  const asked = await requestsDuring(async () => {
    await Promise.all([followLeftMembers(), followLeftMembers(), followLeftMembers()]);
  });
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(await quantityOf(team)).toBe(2);
});

it.runIf(bySeat)('repairs a number of seats that was changed at Stripe', async () => {
  const team = await payingTeam(2);
  const { id, items } = await subscriptionOf(team);
  const item = items.data[0]?.id;
  await stripe().subscriptions.update(id, { items: [{ id: item, quantity: 7 }] });
  expect(await accountsWithOtherSeats()).not.toContain(team.id);
  await syncCustomer(customerOf(team));
  expect(await accountsWithOtherSeats()).toContain(team.id);
  await followLeftMembers();
  expect(await quantityOf(team)).toBe(2);
});

it.runIf(bySeat && once)(
  'leaves alone a plan that is not sold by the seat, and a person who chose their seats',
  async () => {
    const team = await createTeam(3);
    const { customer } = await startPlan(team, once && lookupKey(once, 'month'));
    await syncCustomer(customer);
    await change(team, async () => {});
    await followLeftMembers();
    expect(await quantityOf(await findBillingAccount(team.id))).toBe(1);

    const person = await createUser();
    const own = await startPlan(person, bySeat && lookupKey(bySeat, 'month'));
    await stripe().subscriptions.update(own.subscription.id, {
      items: [{ id: own.subscription.items.data[0]?.id, quantity: 4 }],
    });
    await syncCustomer(own.customer);
    expect(await accountsWithOtherSeats()).not.toContain(person.id);
  },
);

it.runIf(bySeat)('changes the seats of a change that is planned, too', async () => {
  const team = await payingTeam(2, 'year');
  const account = await findBillingAccount(team.id);
  if (!bySeat) return;
  const goal: PlanGoal = { plan: bySeat, interval: 'month', quantity: 2 };
  const timing = account.subscription && timingOf(account.subscription, goal);
  if (!isTiming(timing)) throw new Error(`${timing}`);
  await changePlan(account, goal, { timing, ...(await previewChange(account, goal, timing)) });
  await join(team);
  await join(team);
  await followLeftMembers();
  const row = await db().subscription.findFirst({ where: { customerId: customerOf(team) } });
  expect(row).toMatchObject({
    quantity: 4,
    interval: 'year',
    nextChange: { kind: 'scheduled', interval: 'month', quantity: 4 },
  });
  await passTime({ months: 12 });
  await syncCustomer(customerOf(team));
  expect(
    await db().subscription.findFirst({ where: { customerId: customerOf(team) } }),
  ).toMatchObject({ quantity: 4, interval: 'month', nextChange: null });
});

it.runIf(bySeat)('follows the members although the card is declined', async () => {
  const team = await payingTeam(1);
  await giveCard(customerOf(team), 'pm_card_chargeCustomerFail');
  await join(team);
  await followLeftMembers();
  expect(await quantityOf(team)).toBe(2);
  expect((await subscriptionOf(team)).status).toBe('past_due');
});

it.runIf(bySeat)('confirms no change of plan for another number of seats', async () => {
  const team = await payingTeam(2);
  if (!bySeat) return;
  const goal: PlanGoal = { plan: bySeat, interval: 'year', quantity: 2 };
  const seen = { timing: 'now' as const, ...(await previewChange(team, goal, 'now')) };
  await join(team);
  for (const quantity of [1, 2, 5]) {
    await expect(changePlan(team, { ...goal, quantity }, seen)).rejects.toMatchObject({
      problem: 'preview-outdated',
    });
  }
  expect((await subscriptionOf(team)).items.data[0]?.price.recurring?.interval).toBe('month');
});

it.runIf(bySeat)('says before what another member costs, to the cent', async () => {
  const month = bySeat?.prices.month[currency] ?? 0;
  const team = await payingTeam(2);
  const cost = await costOfMember(team);
  expect(cost).toEqual({
    today: expect.any(Number),
    perPeriod: month,
    currency,
    interval: 'month',
  });
  await join(team);
  await followLeftMembers();
  expect(await newestTotal(team)).toBe(cost?.today);
  await leave(team);
  await followLeftMembers();
  const account = await findBillingAccount(team.id);
  expect(await costOfMember(account)).toMatchObject({ today: 0, perPeriod: month });
});

it.runIf(bySeat)('does not say what a member costs where members cost nothing', async () => {
  const team = await createTeam(2);
  expect(await costOfMember(await findBillingAccount(team.id))).toBeNull();
  const person = await createUser();
  const { customer } = await startPlan(person, bySeat && lookupKey(bySeat, 'month'));
  await syncCustomer(customer);
  expect(await costOfMember(await findBillingAccount(person.id))).toBeNull();
});

/** A team that pays for as many seats as it has members. */
async function payingTeam(members: number, interval: 'month' | 'year' = 'month') {
  const team = await createTeam(members);
  const { customer } = await startPlan(team, bySeat && lookupKey(bySeat, interval));
  await syncCustomer(customer);
  await followLeftMembers();
  return findBillingAccount(team.id);
}

type Team = Awaited<ReturnType<typeof payingTeam>>;

async function change({ id }: Team, work: (members: Members) => Promise<unknown>) {
  await db().$transaction(async (transaction) => {
    await work(transaction.member);
    await queueSeats(transaction, id);
  });
}

type Members = ReturnType<typeof db>['member'];

async function join(team: Team): Promise<void> {
  const { id: userId } = await createUser();
  const data = { teamId: team.id, userId, role: 'member' };
  await change(team, (members) => members.create({ data }));
}

async function leave(team: Team): Promise<void> {
  const where = { teamId: team.id, role: 'member' };
  await change(team, async (members) => {
    const { id } = await members.findFirstOrThrow({ where });
    await members.delete({ where: { id } });
  });
}

function customerOf({ customer }: Team): string {
  if (!customer) throw new Error('This team has no customer.');
  return customer;
}

async function subscriptionOf(team: Team) {
  const { data } = await stripe().subscriptions.list({ customer: customerOf(team) });
  if (!data[0]) throw new Error('This team pays for nothing.');
  return data[0];
}

async function quantityOf(team: Team): Promise<number | undefined> {
  return (await subscriptionOf(team)).items.data[0]?.quantity;
}

async function newestInvoice(team: Team) {
  return (await stripe().invoices.list({ customer: customerOf(team), limit: 1 })).data[0];
}

async function newestTotal(team: Team): Promise<number> {
  return (await newestInvoice(team))?.total ?? 0;
}
