import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  breakStripe,
  createSubscriber,
  createTeam,
  createUser,
  dearerPlan,
  mendStripe,
  passTime,
  requestsDuring,
} from '@/test/support/integration';
import { startTestStandIns } from '@/test/support/stand-ins';
import { startPlan } from '@/test/support/subscribers';
import { db } from '../../db';
import { ensureCustomer } from '../customer';
import { syncCustomer } from '../mirror/sync';
import { lookupKey } from '../plans';
import { stripe } from '../stripe';
import { ourCustomers } from './customers';
import { listedSince } from './listed-events';
import { saveScan } from './progress';
import { type Options, reconcile } from './reconcile';

vi.setConfig({ testTimeout: 120_000 });

// Stand-ins of its own, whose clock may be moved; what happens in them is never delivered.
let standIns: Awaited<ReturnType<typeof startTestStandIns>>;
beforeAll(async () => {
  standIns = await startTestStandIns('http://localhost:9');
});
afterAll(async () => {
  await db().$disconnect();
  await standIns.close();
});

const run = (options: Options = {}) => reconcile({ rate: 1_000, ...options });

describe('one customer', () => {
  it('that was deleted at Stripe is known as deleted, its plan ended', async () => {
    const { customer, subscription } = await createSubscriber();
    await syncCustomer(customer);
    await stripe().customers.del(customer);
    expect((await run({ scope: { customer } })).found).toMatchObject([{ customer, fixed: false }]);
    await run({ scope: { customer }, fix: true });
    expect(await db().customer.findUnique({ where: { id: customer } })).toMatchObject({
      deleted: true,
      cardLast4: null,
    });
    expect(await db().subscription.findUnique({ where: { id: subscription.id } })).toMatchObject({
      status: 'canceled',
    });
    expect(await run({ scope: { customer } })).toMatchObject({ found: [], failed: [] });
  });

  it('that Stripe does not know cannot be checked, and what we hold of it stays', async () => {
    const { id } = await createUser();
    await db().customer.create({ data: { id: 'cus_purged', userId: id, livemode: false } });
    expect(await run({ scope: { customer: 'cus_purged' }, fix: true })).toMatchObject({
      found: [],
      failed: [{ customer: 'cus_purged', error: "No such customer: 'cus_purged'" }],
    });
    await db().customer.delete({ where: { id: 'cus_purged' } });
  });

  it('is asked for again when there are too many requests', async () => {
    const { customer } = await createSubscriber();
    await breakStripe({ on: 'GET /v1/invoices', kind: '429', times: 2 });
    expect(await run({ scope: { customer }, fix: true })).toMatchObject({ failed: [] });
    expect(await db().invoice.count({ where: { customerId: customer } })).toBe(1);
  });
});

describe('missed events', () => {
  beforeEach(async () => {
    expect(await run({ fix: true })).toMatchObject({ failed: [], complete: true });
  });

  it('of a week are found in one run, also of customers who are gone, and make up for it', async () => {
    const [paying, leaving, newcomer] = await Promise.all([
      createSubscriber(),
      createSubscriber(lookupKey(dearerPlan, 'month')),
      createUser(),
    ]);
    await run({ fix: true });
    await stripe().subscriptions.update(paying.subscription.id, { cancel_at_period_end: true });
    await passTime({ days: 3 });
    const late = await ensureCustomer(newcomer);
    await stripe().customers.update(late, { description: 'came when nothing was delivered' });
    await passTime({ days: 4 });
    await stripe().customers.del(leaving.customer);

    const { found, missedEvents } = await run();
    expect(missedEvents).toBeGreaterThanOrEqual(4);
    expect(found.map(({ customer }) => customer).sort()).toEqual(
      [paying.customer, leaving.customer].sort(),
    );
    expect((await run({ fix: true })).found).toHaveLength(2);
    expect(
      await db().subscription.findUnique({ where: { id: paying.subscription.id } }),
    ).toMatchObject({ cancelAt: expect.any(Date) });
    expect(await db().customer.findUnique({ where: { id: leaving.customer } })).toMatchObject({
      deleted: true,
    });
    for (const customer of [paying.customer, leaving.customer, late]) {
      expect(await unfinishedOf(customer)).toBe(0);
    }
    expect(await run()).toMatchObject({ missedEvents: 0, found: [] });
  });

  it('of customers who are not ours are recorded once, explained and counted: that is no drift', async () => {
    const { id: stranger } = await stripe().customers.create({ email: 'stranger@example.com' });
    for (let time = 0; time < 2; time++) {
      const report = await run({ fix: true });
      expect(report).toMatchObject({ missedEvents: 0, found: [], failed: [] });
      expect(report.strangers).toBeGreaterThanOrEqual(1);
    }
    expect(await db().stripeEvent.findMany({ where: { customerId: stranger } })).toMatchObject([
      { status: 'ignored', attempts: 1, error: `${stranger} is not a customer of ours` },
    ]);
    expect(await db().customer.count({ where: { id: stranger } })).toBe(0);
  });

  it('stay as failed while Stripe fails, and are taken up by the next run', async () => {
    const { customer } = await createSubscriber();
    await breakStripe({ on: 'GET /v1/subscriptions', kind: '500' });
    expect((await run({ fix: true })).failed).toMatchObject([{ customer }]);
    const failed = { customerId: customer, status: 'failed' };
    expect(await db().stripeEvent.count({ where: failed })).toBeGreaterThan(0);
    await mendStripe();
    expect(await run({ fix: true })).toMatchObject({ failed: [] });
    expect(await unfinishedOf(customer)).toBe(0);
    expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
  });

  it('are looked for since a time that is given, without skipping over what was before', async () => {
    const { customer } = await createSubscriber();
    const until = new Date(Date.now() - 24 * 60 * 60 * 1000);
    await db().reconcileProgress.update({ where: { mode: 'test' }, data: { until } });
    await run({ since: new Date(Date.now() - 10 * 60 * 1000), fix: true });
    expect(await unfinishedOf(customer)).toBe(0);
    expect(await db().reconcileProgress.findUnique({ where: { mode: 'test' } })).toMatchObject({
      until,
    });
  });

  it('are looked for from where the last run had come: nothing else is read again', async () => {
    await createSubscriber();
    await run({ fix: true });
    const asked = await requestsDuring(() => run({ fix: true }));
    expect([...new Set(asked.map(({ path }) => path))]).toEqual(['/v1/events']);
  });
});

it('a user whose customer has no row of its own yet is found by a look at everything', async () => {
  const { customer } = await createSubscriber();
  await createUser();
  await db().customer.delete({ where: { id: customer } });
  const report = await run({ scope: 'all', fix: true });
  expect(report.checked).toBeGreaterThanOrEqual(await db().customer.count());
  expect(report.found).toContainEqual(expect.objectContaining({ customer, fixed: true }));
  expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
});

it('the customer of a team is ours before it has a row of its own', async () => {
  const { customer } = await startPlan(await createTeam());
  await db().customer.deleteMany({ where: { id: customer } });
  expect(await ourCustomers([customer])).toEqual(new Set([customer]));
});

it('who could not be checked before a look at everything was stopped, is when it goes on', async () => {
  const { customer } = await createSubscriber();
  const now = new Date().toISOString();
  await saveScan({
    fix: true,
    startedAt: now,
    newestEvent: now,
    after: customer,
    checked: 1,
    found: [],
    failed: [{ customer, error: 'Connection terminated unexpectedly' }],
  });
  expect(await run({ scope: 'all', fix: true })).toMatchObject({ failed: [] });
  expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
});

it('many pages of events, most of the same second, are listed whole, in stretches, oldest first', async () => {
  const { customer } = await createSubscriber();
  for (let made = 0; made < 1_200; made += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        stripe().customers.update(customer, { description: `${made + index}` }),
      ),
    );
  }
  const all: string[] = [];
  for await (const { id } of stripe().events.list({ limit: 100 })) all.push(id);

  const listed: string[] = [];
  const ends: (number | undefined)[] = [];
  for await (const { events, until } of listedSince(null)) {
    listed.push(...events.map(({ id }) => id));
    ends.push(until?.getTime());
  }
  expect(listed.toSorted()).toEqual(all.toSorted());
  expect(ends.length).toBeGreaterThan(1);
  expect(ends.pop()).toBeUndefined();
  expect(ends).toEqual(ends.toSorted());
});

/** How many events of a customer are in the event log without their effect. */
function unfinishedOf(customerId: string): Promise<number> {
  const status = { in: ['received', 'failed'] };
  return db().stripeEvent.count({ where: { customerId, status } });
}

describe('when the last complete run was over thirty days ago', () => {
  it('every customer is checked, for what no event tells, until that was done once', async () => {
    const { customer } = await createSubscriber();
    await run({ scope: 'all', fix: true });
    await db().customer.update({ where: { id: customer }, data: { cardLast4: '0000' } });
    expect(await run()).toMatchObject({ gapSince: null, found: [] });
    const gapSince = await lastRun(31);
    const customers = await db().customer.count();
    const found = [{ customer, fixed: false }];
    expect(await run()).toMatchObject({ gapSince, found });
    const report = await run({ fix: true });
    expect(report).toMatchObject({ gapSince, found: [{ customer, fixed: true }], complete: true });
    expect(report.checked).toBeGreaterThanOrEqual(customers);
    expect(await run({ fix: true })).toMatchObject({ gapSince: null, found: [] });
  });

  it('a run that did not get to the end is gone on with by the next', async () => {
    await createSubscriber();
    await run({ fix: true });
    const gapSince = await lastRun(31);
    const now = new Date().toISOString();
    const progress = { fix: true, startedAt: now, newestEvent: now, checked: 7, found: [] };
    const all = await db().customer.findMany({ orderBy: { id: 'asc' } });
    await saveScan({ ...progress, after: all.at(-1)?.id ?? '', failed: [] });
    const asked = await requestsDuring(async () => {
      expect(await run({ fix: true })).toMatchObject({ gapSince, checked: 7, complete: true });
    });
    expect(asked.filter(({ path }) => path === '/v1/invoices')).toEqual([]);
    expect(await run({ fix: true })).toMatchObject({ gapSince: null });
  });

  it('a day less is no gap', async () => {
    await lastRun(29);
    expect(await run({ fix: true })).toMatchObject({ gapSince: null });
  });
});

async function lastRun(daysAgo: number): Promise<Date> {
  const until = new Date(Date.now() - daysAgo * 24 * 60 * 60 * 1_000);
  const progress = { until, walk: null };
  await db().reconcileProgress.upsert({
    where: { mode: 'test' },
    create: { mode: 'test', ...progress },
    update: progress,
  });
  return until;
}
