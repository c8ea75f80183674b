import { expect, it } from 'vitest';
import { createSubscriber, createUser, plan } from '@/test/support/integration';
import { syncCustomer } from '../billing/mirror/sync';
import { planWithMore } from '../billing/plan-with';
import { freePlan } from '../billing/plans';
import { db } from '../db';
import { consume, release } from './consume';
import { addUse } from './counter';
import { LimitReached } from './limit-reached';
import { usageOf } from './usage';

it('counts down to nothing, and then names the limit and the plan with more', async () => {
  const user = await createUser();
  const allowed = freePlan.limits.exports;
  for (let left = allowed - 1; left >= 0; left--) {
    expect(await consume(user, 'exports')).toBe(left);
  }
  const error = await consume(user, 'exports').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LimitReached);
  expect(error).toMatchObject({
    limit: 'exports',
    allowed,
    plan: planWithMore('exports', allowed),
  });
});

it('counts all or none of several, also for somebody who never used any', async () => {
  const user = await createUser();
  await expect(consume(user, 'exports', freePlan.limits.exports + 1)).rejects.toThrow(LimitReached);
  expect(await exportsOf(user)).toMatchObject({ used: 0 });
  expect(await consume(user, 'exports', freePlan.limits.exports)).toBe(0);
});

it('gives back what was used, and never more', async () => {
  const user = await createUser();
  await consume(user, 'exports');
  await release(user, 'exports', 5);
  expect(await exportsOf(user)).toMatchObject({ used: 0 });
  expect(await consume(user, 'exports', freePlan.limits.exports)).toBe(0);
});

it('counts one person apart from another', async () => {
  const [one, other] = [await createUser(), await createUser()];
  await consume(one, 'exports', freePlan.limits.exports);
  expect(await consume(other, 'exports', freePlan.limits.exports)).toBe(0);
});

it('keeps the count when the plan changes in the middle of a period', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await consume(user, 'exports', freePlan.limits.exports);
  await syncCustomer(customer);
  // Stripe's clock may be ahead of ours, because other tests let time pass there.
  const start = new Date();
  const end = new Date(start.getTime() + 30 * 24 * 3_600_000);
  await db().subscription.update({
    where: { id: subscription.id },
    data: { currentPeriodStart: start, currentPeriodEnd: end },
  });
  expect(await consume(user, 'exports')).toBe(plan.limits.exports - freePlan.limits.exports - 1);
});

it('starts again with the next period of the subscription', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  await consume(user, 'exports', plan.limits.exports);
  await expect(consume(user, 'exports')).rejects.toThrow(LimitReached);
  // What the mirror's writer does at a renewal.
  const { currentPeriodEnd } = await db().subscription.findUniqueOrThrow({
    where: { id: subscription.id },
  });
  const nextEnd = new Date(currentPeriodEnd.getTime() + 30 * 24 * 3_600_000);
  await db().subscription.update({
    where: { id: subscription.id },
    data: { currentPeriodStart: currentPeriodEnd, currentPeriodEnd: nextEnd },
  });
  expect(await exportsOf(user)).toMatchObject({ used: 0, resetsAt: nextEnd });
  expect(await consume(user, 'exports')).toBe(plan.limits.exports - 1);
  expect(await exportsOf(user)).toMatchObject({ used: 1, resetsAt: nextEnd });
});

it('starts again only in a window that begins when the counted one has ended', async () => {
  const { id: userId } = await createUser();
  const key = { userId, name: 'exports' };
  const use = (start: string, end: string) =>
    addUse(key, { n: 1, limit: 9, window: { start: new Date(start), end: new Date(end) } });
  expect(await use('2026-01-01', '2026-02-01')).toBe(1);
  // Another plan's window, in the middle.
  expect(await use('2026-01-15', '2026-02-15')).toBe(2);
  // An instance that has not seen the change.
  expect(await use('2026-01-01', '2026-02-01')).toBe(3);
  expect(await use('2026-02-15', '2026-03-15')).toBe(1);
  expect(await use('2026-01-15', '2026-02-15')).toBe(2);
});

it('counts for good what has no window', async () => {
  const { id: userId } = await createUser();
  const key = { userId, name: 'exports' };
  const use = () => addUse(key, { n: 2, limit: 4, window: null });
  expect(await use()).toBe(2);
  expect(await use()).toBe(4);
  expect(await use()).toBeNull();
});

async function exportsOf(user: { id: string }) {
  return (await usageOf(user)).find(({ limit }) => limit === 'exports');
}
