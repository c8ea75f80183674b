import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresGate, type PostgresGate } from '@/test/chaos/postgres-gate';
import { createSubscriber, requestsDuring } from '@/test/support/integration';
import { db } from '../db';
import { env } from '../env';
import { findBillingAccount } from './account';
import { prepareCatalogueIds } from './catalogue-objects';
import { syncCustomer } from './mirror/sync';
import { createPortalUrl } from './portal';
import { stripe } from './stripe';
import { receiveEvent } from './webhook/receive';

/** Between us and the database: it counts what is sent there, BEGIN and COMMIT too. */
let gate: PostgresGate;
const { DATABASE_URL = '' } = process.env;

beforeAll(async () => {
  gate = await openPostgresGate(DATABASE_URL);
  process.env.DATABASE_URL = gate.url;
});

afterAll(async () => {
  await db().$disconnect();
  await gate.close();
  process.env.DATABASE_URL = DATABASE_URL;
});

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

it('opening the portal costs two statements, the person and their visit, and one request', async () => {
  const { customer, user } = await createSubscriber();
  await syncCustomer(customer);
  await prepareCatalogueIds();
  const open = async () =>
    createPortalUrl(await findBillingAccount(user.id), { flow: 'home' }, null);
  expect(await costOf(open)).toEqual({
    statements: 2,
    stripe: ['POST /v1/billing_portal/sessions'],
  });
});

async function costOf(work: () => Promise<unknown>) {
  gate.takeCount();
  const requests = await requestsDuring(work);
  return {
    statements: gate.takeCount(),
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
