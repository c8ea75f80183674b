import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { db } from '@/lib/db';
import {
  breakStripe,
  createSubscriber,
  forgetRequests,
  mendStripe,
  requestsDuring,
} from '@/test/support/integration';
import { startTestStandIns } from '@/test/support/stand-ins';
import { GET } from './route';

const secret = process.env.CRON_SECRET ?? '';

// Of its own: a run is complete only where no test has left a customer that Stripe does not know.
let standIns: Awaited<ReturnType<typeof startTestStandIns>>;
beforeAll(async () => {
  standIns = await startTestStandIns('http://localhost:9');
});
afterAll(async () => {
  await db().$disconnect();
  await standIns.close();
});

afterEach(async () => {
  await mendStripe();
  vi.unstubAllEnvs();
});

function call(authorization: string | null = `Bearer ${secret}`): Promise<Response> {
  const headers = new Headers(authorization === null ? {} : { authorization });
  return GET(new Request('http://localhost/api/cron/reconcile', { headers }));
}

it.each([
  ['nothing', null],
  ['an empty secret', 'Bearer '],
  ['the secret alone', secret],
  ['another scheme', `Basic ${secret}`],
  ['half of it', `Bearer ${secret.slice(0, -1)}`],
  ['more than it', `Bearer ${secret}x`],
])('with %s it answers 401 and does nothing', async (_, authorization) => {
  const asked = await requestsDuring(async () => {
    const reply = await call(authorization);
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    expect(await reply.json()).toEqual({ error: 'The cron secret is missing or wrong.' });
  });
  expect(asked).toEqual([]);
});

it('without a secret in the environment it is switched off, whatever is sent', async () => {
  vi.stubEnv('CRON_SECRET', '');
  vi.resetModules();
  const { GET: switchedOff } = await import('./route');
  for (const authorization of ['Bearer ', 'Bearer undefined', `Bearer ${secret}`]) {
    const request = new Request('http://localhost/', { headers: { authorization } });
    expect((await switchedOff(request)).status).toBe(503);
  }
});

it('repairs what was missed, answers in numbers, and finds nothing the next time', async () => {
  const { customer } = await createSubscriber();
  const reply = await call();
  expect(reply.status).toBe(200);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  const counts = await reply.json();
  expect(counts).toMatchObject({ failed: 0, complete: true });
  expect(counts.repaired).toBeGreaterThanOrEqual(1);
  expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
  expect(await (await call()).json()).toMatchObject({ repaired: 0, missedEvents: 0 });
});

it('does not run twice at once, and is free again afterwards', async () => {
  await forgetRequests();
  await breakStripe({ on: 'GET /v1/events', kind: 'latency', ms: 1_000, times: 1 });
  const first = call();
  await expect.poll(leases).toBe(1);
  expect((await call()).status).toBe(409);
  expect((await first).status).toBe(200);
  expect(await leases()).toBe(0);
  expect((await call()).status).toBe(200);
});

it('when one was killed half-way, the next one runs after a while', async () => {
  const killed = (seconds: number) => db().$executeRaw`
    INSERT INTO "ReconcileProgress" (mode, "updatedAt")
    VALUES ('test schedule', CURRENT_TIMESTAMP - make_interval(secs => ${seconds}::int))
    ON CONFLICT (mode) DO UPDATE SET "updatedAt" = EXCLUDED."updatedAt"`;
  await killed(5);
  expect((await call()).status).toBe(409);
  await killed(20);
  expect((await call()).status).toBe(200);
});

it('when none was complete for over thirty days it checks everybody, and says so', async () => {
  await call();
  const until = new Date(Date.now() - 31 * 24 * 60 * 60 * 1_000);
  await db().reconcileProgress.update({ where: { mode: 'test' }, data: { until } });
  expect(await (await call()).json()).toMatchObject({ gapSince: until.toISOString() });
  expect(await (await call()).json()).toMatchObject({ gapSince: null });
});

it('when Stripe is down it says so, and the next one runs', async () => {
  await breakStripe({ on: '*', kind: '503' });
  expect((await call()).status).toBe(502);
  await mendStripe();
  expect((await call()).status).toBe(200);
});

function leases(): Promise<number> {
  return db().reconcileProgress.count({ where: { mode: 'test schedule' } });
}
