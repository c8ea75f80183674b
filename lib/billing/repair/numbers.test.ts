import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { breakStripe, createSubscriber, mendStripe } from '@/test/support/integration';
import { runCommand } from '@/test/support/run-command';
import { db } from '../../db';
import { noteRefusal } from '../../rate-limit';
import { processEvent } from '../webhook/receive';
import { billingNumbers } from './numbers';
import { repairOnSchedule } from './on-schedule';
import { reconcile } from './reconcile';

it('an operator sees them', async () => {
  const { code, out } = await runCommand('scripts/billing.ts', ['show', '--json']);
  const { webhooks, refused } = await billingNumbers();
  expect(JSON.parse(out)).toMatchObject({ webhooks, refused });
  expect(code).toBe(0);
});

const facts = {
  resource: 'customer',
  account: null,
  payment: null,
  isThin: false,
  isNewCard: false,
} as const;

it('counts what failed, what waits, how late it was, and what limits refused', async () => {
  const before = await billingNumbers();
  const { customer } = await createSubscriber();
  await db().stripeEvent.create({ data: { ...event(customer, 600), status: 'received' } });
  await processEvent({
    ...event(customer, 600),
    ...facts,
  });
  await breakStripe({ on: 'GET /v1/customers/:id', kind: '500', times: 3 });
  const failing = {
    ...event(customer, 1),
    ...facts,
  } as const;
  await expect(processEvent(failing)).rejects.toThrow();
  await mendStripe();
  noteRefusal('click');

  const after = await billingNumbers();
  expect(after.webhooks.lagSeconds).toBeGreaterThanOrEqual(600);
  expect(after.webhooks.waiting).toBe(before.webhooks.waiting + 1);
  expect(after.webhooks.failed).toBe(before.webhooks.failed + 1);
  await expect
    .poll(async () => (await billingNumbers()).refused.click)
    .toBe((before.refused.click ?? 0) + 1);
});

it('keeps what the last scheduled run found', async () => {
  // What other tests left, at a pace that a scheduled run does not have. That can be a lot.
  await reconcile({ fix: true, rate: 1_000 });
  const { customer } = await createSubscriber();
  const counts = await repairOnSchedule();
  expect(counts?.checked).toBeGreaterThan(0);
  expect((await billingNumbers()).reconcile).toMatchObject({
    ...counts,
    gapSince: null,
    ageSeconds: expect.any(Number),
  });
  expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
}, 120_000);

function event(customerId: string, secondsAgo: number) {
  const at = new Date(Date.now() - secondsAgo * 1000);
  const type = 'customer.updated';
  return {
    id: `evt_${randomUUID()}`,
    type,
    livemode: false,
    createdAt: at,
    receivedAt: at,
    customerId,
  };
}
