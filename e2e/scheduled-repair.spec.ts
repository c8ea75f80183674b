import { expect } from 'playwright/test';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { breakStripe, mendStripe } from '../test/support/emulator';
import { type OwnApp, test } from '../test/support/own-app';
import { type RawReply, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

const path = '/api/cron/reconcile';

function call(app: OwnApp, authorization = `Bearer ${process.env.CRON_SECRET}`): Promise<RawReply> {
  return send(app.url, { path, headers: { authorization } });
}

test.afterEach(mendStripe);

test('repairs what no webhook told, and answers in numbers', async ({ app }) => {
  const { customer, subscription } = await createSubscriber();
  await breakStripe({ on: 'webhook', kind: 'drop' });
  await stripe().subscriptions.cancel(subscription);
  const { status, body, headers } = await call(app);
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(JSON.parse(body)).toMatchObject({ failed: 0, complete: true });
  const [held] = await db().subscription.findMany({ where: { customerId: customer } });
  expect(held?.status).toBe('canceled');
});

test('is refused to whoever does not know the secret, and to other methods', async ({ app }) => {
  expect((await send(app.url, { path })).status).toBe(401);
  for (const given of ['', 'Bearer', 'Bearer undefined', `Bearer ${process.env.CRON_SECRET}0`]) {
    expect((await call(app, given)).status, given).toBe(401);
  }
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expect((await send(app.url, { method, path })).status, method).toBe(405);
  }
});

test('called twice at once, runs once', async ({ app }) => {
  await breakStripe({ on: 'GET /v1/events', kind: 'latency', ms: 2_000, times: 1 });
  const replies = await Promise.all([call(app), call(app)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
});
