import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { databaseGate } from '@/test/support/database-gate';
import { createSubscriber, requestsDuring } from '@/test/support/integration';
import { deferWith } from '../after-response';
import { hashToken } from '../auth/token-hash';
import { db } from '../db';
import { env } from '../env';
import { findBillingAccount, findClick } from './account';
import { prepareCatalogueIds } from './catalogue-objects';
import { limitClick } from './click-limit';
import { syncCustomer } from './mirror/sync';
import { createPortalUrl } from './portal';
import { stripe } from './stripe';
import { receiveEvent } from './webhook/receive';

/** Between us and the database: it counts what is sent there, BEGIN and COMMIT too. */
const gate = databaseGate();

it('a new event costs two statements and one read of Stripe, a duplicate one statement', async () => {
  const { customer } = await createSubscriber();
  const delivery = signedEvent({ object: 'subscription', customer });
  expect(await costOf(() => receiveEvent(...delivery))).toEqual({
    statements: 2,
    stripe: ['GET /v1/subscriptions'],
  });
  expect(await costOf(() => receiveEvent(...delivery))).toEqual({ statements: 1, stripe: [] });
});

it('an event about nobody of ours costs no read of Stripe', async () => {
  const delivery = signedEvent({ object: 'subscription', customer: 'cus_nobody' });
  const { statements, stripe } = await costOf(() => receiveEvent(...delivery));
  expect(stripe).toEqual([]);
  expect(statements).toBeLessThanOrEqual(2);
});

it('a click on Manage billing costs one statement and one request, and one statement after the response', async () => {
  const { customer, user } = await createSubscriber();
  await syncCustomer(customer);
  await prepareCatalogueIds();
  const sessionToken = hashToken(user.id);
  const expires = new Date(Date.now() + 60_000);
  await db().session.create({ data: { sessionToken, userId: user.id, expires } });
  const deferred: (() => Promise<void>)[] = [];
  deferWith((work) => void deferred.push(work));
  const open = async () => {
    const click = await findClick(sessionToken);
    if (!click) throw new Error('The session was not found.');
    limitClick(click);
    await createPortalUrl(click, { flow: 'home' }, null);
  };
  expect(await costOf(open)).toEqual({
    statements: 1,
    stripe: ['POST /v1/billing_portal/sessions'],
  });
  const after = () => Promise.all(deferred.map((work) => work()));
  expect(await costOf(after)).toEqual({ statements: 1, stripe: [] });
});

it('a click sees the same account as whoever asks without one', async () => {
  const { customer, user } = await createSubscriber();
  await syncCustomer(customer);
  const sessionToken = hashToken(user.id);
  const expires = new Date(Date.now() + 60_000);
  await db().session.create({ data: { sessionToken, userId: user.id, expires } });
  expect(await findClick(sessionToken)).toEqual({
    ...(await findBillingAccount(user.id)),
    clicks: 1,
  });
});

async function costOf(work: () => Promise<unknown>) {
  gate().takeCount();
  const requests = await requestsDuring(work);
  return {
    statements: gate().takeCount(),
    stripe: requests.map(({ method, path }) => `${method} ${path}`),
  };
}

function signedEvent(object: object): [body: string, signature: string] {
  const payload = JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'customer.subscription.updated',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object },
  });
  const [secret = ''] = env().STRIPE_WEBHOOK_SECRET;
  return [payload, stripe().webhooks.generateTestHeaderString({ payload, secret })];
}
