import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { databaseGate } from '@/test/support/database-gate';
import { createSubscriber, requestsDuring } from '@/test/support/integration';
import { deferWith } from '../after-response';
import { hashToken } from '../auth/token-hash';
import { db, query } from '../db';
import { env } from '../env';
import { Prisma } from '../generated/prisma/client';
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
  const sessionToken = await createSession(user.id);
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

// PGlite prepares nothing, nor does anything through a pooler.
it.runIf(process.env.TEST_DATABASE_URL && !process.env.TEST_PGBOUNCER)(
  'PostgreSQL plans the statements of events and clicks a few times, and then keeps the plan',
  async () => {
    const { customer, user } = await createSubscriber();
    await syncCustomer(customer);
    const sessionToken = await createSession(user.id);
    // PostgreSQL compares what plans cost, which tells little as long as the tables are nearly empty.
    await query(Prisma.sql`
      INSERT INTO "StripeEvent" (id, type, livemode, "createdAt", status)
      SELECT 'evt_' || number, 'any', FALSE, now(), 'ignored' FROM generate_series(1, 5000) AS number`);
    await query(Prisma.sql`ANALYZE "StripeEvent"`);
    onTestFinished(async () => {
      await db().stripeEvent.deleteMany({ where: { type: 'any' } });
    });
    for (let times = 1; times <= 12; times++) {
      await receiveEvent(...signedEvent({ object: 'subscription', customer }));
      await findClick(sessionToken);
    }
    const plans = await query<{ generic_plans: bigint; custom_plans: bigint }>(Prisma.sql`
      SELECT generic_plans, custom_plans FROM pg_prepared_statements
      WHERE generic_plans + custom_plans >= 12`);
    expect(plans.length).toBeGreaterThanOrEqual(3);
    for (const { custom_plans } of plans) expect(custom_plans).toBeLessThanOrEqual(5n);
  },
);

it('a click sees the same account as whoever asks without one', async () => {
  const { customer, user } = await createSubscriber();
  await syncCustomer(customer);
  const sessionToken = await createSession(user.id);
  expect(await findClick(sessionToken)).toEqual({
    ...(await findBillingAccount(user.id)),
    clicks: 1,
  });
});

/** @returns the hash of its token */
async function createSession(userId: string): Promise<string> {
  const sessionToken = hashToken(userId);
  const expires = new Date(Date.now() + 60_000);
  await db().session.create({ data: { sessionToken, userId, expires } });
  return sessionToken;
}

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
