import { afterEach, beforeEach, expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createUser, currency, dearerPlan, passTime, plan } from '@/test/support/integration';
import { giveCard } from '@/test/support/subscribers';
import { registerChangeHandlers } from '../change-handlers';
import { db } from '../db';
import { sendLeftMail } from '../mail/outbox';
import { findBillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { changePlan } from './change-plan';
import { type ChangeKind, changeHandlers, onChange } from './changes';
import { ensureCustomer } from './customer';
import { deliverChanges } from './deliver-changes';
import { keepPlan } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import { isTiming, type PlanGoal, timingOf } from './plan-change';
import { lookupKey } from './plans';
import { previewChange } from './preview-change';
import { stripe } from './stripe';

const told: { userId: string; kind: ChangeKind }[] = [];

beforeEach(() => {
  registerChangeHandlers();
  onChange('test', async ({ userId, kind, after }) => {
    if ('currentPeriodEnd' in after) told.push({ userId, kind });
  });
});
afterEach(() => changeHandlers().clear());

const goal = (held: typeof plan, interval: PlanGoal['interval'], more = 0): PlanGoal => ({
  plan: held,
  interval,
  quantity: (held.seats?.min ?? 1) + (held.seats ? more : 0),
});

it('what is planned happens at the end of the period, for what the preview said, and is told once', async () => {
  const begin = goal(dearerPlan, 'month', 4);
  const person = await subscriber(begin);
  const first = await change(person, goal(plan, 'month'));
  expect(first.result).toEqual({ notice: 'planned' });
  await keepPlan(await findBillingAccount(person.user.id));
  const { preview } = await change(person, goal(plan, 'year'));
  await passTime({ months: 1 });
  await passTime({ days: 1 });
  await syncCustomer(person.customer);
  const { plan: name, interval, nextChange } = await row(person);
  expect({ name, interval, nextChange }).toEqual({
    name: plan.name,
    interval: 'year',
    nextChange: null,
  });
  const [invoice] = (await stripe().invoices.list({ customer: person.customer, limit: 1 })).data;
  expect(invoice).toMatchObject({ amount_paid: preview.next.amount, status: 'paid' });
  expect(preview.next.amount).toBe(plan.prices.year[currency]);
  expect(await kindsTold(person)).toEqual([
    'subscribed',
    'downgrade_planned',
    'kept',
    'downgrade_planned',
    'downgraded',
    'renewed',
  ]);
  await expect.poll(() => mailed(person)).toEqual({ plan_planned: 2, plan_changed: 1 });
  await passTime({ days: 1 });
  await syncCustomer(person.customer);
  // Let go of, so that it can be changed in the portal again.
  expect((await row(person)).scheduleId).toBeNull();
});

it('an upgrade is told once, and followed by the payment that the preview announced', async () => {
  const person = await subscriber(goal(plan, 'month'));
  await passTime({ days: 10 });
  const { preview, result } = await change(person, goal(dearerPlan, 'month', 4));
  expect(result).toEqual({ notice: 'changed' });
  const credit = preview.creditLeft;
  expect(preview).toMatchObject({
    credited: expect.any(Number),
    next: { at: await endOf(person) },
  });
  expect(preview.credited).toBeGreaterThan(0);
  expect(preview.credited).toBeLessThan(plan.prices.month[currency]);
  await passTime({ months: 1 });
  await syncCustomer(person.customer);
  const [invoice] = (await stripe().invoices.list({ customer: person.customer, limit: 1 })).data;
  expect(invoice?.amount_due).toBe(preview.next.amount);
  expect(credit).toBe(0);
  expect(await kindsTold(person)).toEqual(['subscribed', 'upgraded', 'renewed']);
  await expect.poll(() => mailed(person)).toEqual({ plan_changed: 1 });
});

it('an upgrade that nobody confirms at the bank is dropped after a day, and the plan stays', async () => {
  const person = await subscriber(goal(plan, 'month'));
  await giveCard(person.customer, 'pm_card_authenticationRequired');
  const { result } = await change(person, goal(dearerPlan, 'month'));
  expect(result).toHaveProperty('pay');
  await passTime({ days: 1 });
  await syncCustomer(person.customer);
  expect(await row(person)).toMatchObject({ plan: plan.name, status: 'active', nextChange: null });
  const open = { customer: person.customer, status: 'open' } as const;
  expect((await stripe().invoices.list(open)).data).toEqual([]);
  expect(await kindsTold(person)).toEqual(['subscribed']);
  await expect.poll(() => mailed(person)).toEqual({});
});

type Person = Awaited<ReturnType<typeof subscriber>>;

async function subscriber({ plan: held, interval, quantity }: PlanGoal) {
  const user = await createUser();
  const customer = await ensureCustomer(user);
  await giveCard(customer, 'pm_card_visa');
  const { id } = await stripe().subscriptions.create({
    customer,
    items: [{ price: await catalogueId(lookupKey(held, interval)), quantity }],
  });
  await syncCustomer(customer);
  return { user, customer, id };
}

/** Sees what a change costs, and confirms it. */
async function change({ user }: Person, to: PlanGoal) {
  const account = await findBillingAccount(user.id);
  const timing = account.subscription && timingOf(account.subscription, to);
  if (!isTiming(timing)) throw new Error(`${timing}`);
  const preview = await previewChange(account, to, timing);
  return { preview, result: await changePlan(account, to, { timing, ...preview }) };
}

/** What the handlers were told of somebody's subscription, in its order. */
async function kindsTold({ user, customer }: Person): Promise<ChangeKind[]> {
  await expect
    .poll(async () => {
      await deliverChanges(customer);
      return db().mirrorChange.count({ where: { customerId: customer, deliveredAt: null } });
    })
    .toBe(0);
  return told.filter(({ userId }) => userId === user.id).map(({ kind }) => kind);
}

/** How many e-mails about changes of the plan somebody got, by their kind. */
async function mailed({ user }: Person): Promise<Record<string, number>> {
  await sendLeftMail();
  const counts: Record<string, number> = {};
  for (const { headers } of await mailTo(user.email)) {
    const [kind = ''] = (headers['x-cause'] ?? '').split(' ');
    if (kind.startsWith('plan_')) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

async function endOf(person: Person): Promise<Date> {
  return (await row(person)).currentPeriodEnd;
}

function row({ id }: Person) {
  return db().subscription.findUniqueOrThrow({ where: { id } });
}
