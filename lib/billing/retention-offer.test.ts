import { afterEach, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { portalRequests } from '@/test/support/emulator';
import { breakStripe, createSubscriber, mendStripe } from '@/test/support/integration';
import { findBillingAccount } from './account';
import { syncCustomer } from './mirror/sync';
import { retentionOffer } from './plans';
import { openCancellation } from './retention-offer';

afterEach(mendStripe);

it('makes the offer on one of two pages that are opened at the same time, and on none later', async () => {
  const { account, customer } = await subscriber();
  await Promise.all([openCancellation(account, 'en'), openCancellation(account, 'en')]);
  await openCancellation(account, 'en');
  const requests = await portalRequests(customer);
  expect(
    requests
      .map(({ parameters }) => JSON.stringify(parameters).includes(retentionOffer.name))
      .sort(),
  ).toEqual([false, false, true]);
});

it('makes it again after a year', async () => {
  const { account, customer } = await subscriber();
  await openCancellation(account, 'en');
  const longAgo = new Date('2020-01-01');
  await db().billingAccount.update({
    where: { id: account.id },
    data: { retentionOfferedAt: longAgo },
  });
  await openCancellation(account, 'en');
  const requests = await portalRequests(customer);
  for (const { parameters } of requests) {
    expect(JSON.stringify(parameters)).toContain(retentionOffer.name);
  }
});

it('does not count an offer that nobody saw, because Stripe did not answer', async () => {
  const { account } = await subscriber();
  await breakStripe({ on: '*', kind: '503' });
  await expect(openCancellation(account, 'en')).rejects.toThrow();
  const { retentionOfferedAt } = await db().billingAccount.findUniqueOrThrow({
    where: { id: account.id },
  });
  expect(retentionOfferedAt).toBeNull();
});

async function subscriber() {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  return { account: await findBillingAccount(user.id), customer };
}
