import { expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createSubscriber, createUser, plan } from '@/test/support/integration';
import { syncCustomer } from '../billing/mirror/sync';
import { planWithMore } from '../billing/plan-with';
import { freePlan } from '../billing/plans';
import { db } from '../db';
import { consume, release } from './consume';
import { addUse, takeBackUse } from './counter';
import { LimitReached, limitMail } from './limit-reached';
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
    addUse(
      key,
      { n: 1, limit: 9, window: { start: new Date(start), end: new Date(end) } },
      limitMail('exports', 9, freePlan),
    );
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
  const use = () =>
    addUse(key, { n: 2, limit: 4, window: null }, limitMail('exports', 4, freePlan));
  expect(await use()).toBe(2);
  expect(await use()).toBe(4);
  expect(await use()).toBeNull();
});

it('mails somebody who reaches the limit once for each period and limit', async () => {
  const { id: userId } = await createUser();
  const key = { userId, name: 'exports' };
  const use = (n: number, limit: number, [start, end]: readonly [string, string]) =>
    addUse(
      key,
      { n, limit, window: { start: new Date(start), end: new Date(end) } },
      limitMail('exports', limit, freePlan),
    );
  const january = ['2026-01-01', '2026-02-01'] as const;
  const february = ['2026-02-01', '2026-03-01'] as const;
  await use(3, 4, january);
  expect(await limitMails(userId)).toBe(0);
  await use(1, 4, january);
  expect(await use(1, 4, january)).toBeNull();
  expect(await limitMails(userId)).toBe(1);
  // Given back and used again, it is the same limit in the same period.
  await takeBackUse(key, 1);
  await use(1, 4, january);
  expect(await limitMails(userId)).toBe(1);
  // A plan with more, whose window is another.
  await use(2, 6, ['2026-01-15', '2026-02-15']);
  expect(await limitMails(userId)).toBe(2);
  await use(4, 4, february);
  expect(await limitMails(userId)).toBe(3);
});

it('sends that e-mail, which says how much there is and where there is more', async () => {
  const user = await createUser();
  await consume(user, 'exports', freePlan.limits.exports);
  await expect.poll(() => mailTo(user.email), { timeout: 20_000 }).toHaveLength(1);
  const [mail] = await mailTo(user.email);
  const more = planWithMore('exports', freePlan.limits.exports);
  expect(mail?.subject).toContain(`limit of ${freePlan.limits.exports} export`);
  expect(mail?.text).toContain(`${more?.title} includes more`);
  expect(mail?.headers['x-cause']).toMatch(/^limit_reached exports:/);
});

function limitMails(userId: string): Promise<number> {
  return db().mail.count({ where: { userId, kind: 'limit_reached' } });
}

async function exportsOf(user: { id: string }) {
  return (await usageOf(user)).find(({ limit }) => limit === 'exports');
}
