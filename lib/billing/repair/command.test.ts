import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { reconcileCommand } from '@/scripts/billing/reconcile';
import {
  breakStripe,
  createSubscriber,
  createUser,
  mendStripe,
  requestsDuring,
} from '@/test/support/integration';
import { callCommand, type Ended, startCommand } from '@/test/support/run-command';
import { startTestStandIns } from '@/test/support/stand-ins';
import { db } from '../../db';
import { ensureCustomer } from '../customer';
import { syncCustomer } from '../mirror/sync';
import { stripe } from '../stripe';
import { reconcile } from './reconcile';

// `npm run billing -- reconcile`, as a process: its words, its exit codes, its end. With stand-ins of
// its own, and a crowd of customers, so that it takes a while.
const CROWD = 110;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let standIns: Awaited<ReturnType<typeof startTestStandIns>>;
beforeAll(async () => {
  standIns = await startTestStandIns('http://localhost:9');
  for (let made = 0; made < CROWD; made += 10) {
    const users = await Promise.all(Array.from({ length: 10 }, createUser));
    await Promise.all(users.map(ensureCustomer));
  }
  await reconcile({ scope: 'all', fix: true, rate: 1_000 });
});
afterAll(async () => {
  await db().$disconnect();
  await standIns.close();
});

function start(...typed: string[]) {
  return startCommand('scripts/billing.ts', ['reconcile', ...typed]);
}

function run(...typed: string[]): Promise<Ended> {
  return start(...typed).ended;
}

/** The same without a process, where only its words and its exit code matter. */
function call(...typed: string[]): Promise<Ended> {
  return callCommand(reconcileCommand, ...typed);
}

it('describes drift in words and in JSON, repairs it, and then finds none', async () => {
  const { customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  await stripe().subscriptions.cancel(subscription.id);
  const words = await call('--customer', customer);
  const json = await call('--customer', customer, '--json');
  expect(words.code).toBe(2);
  expect(words.out).toContain(`${customer} differs:\n`);
  expect(words.out).toContain(
    `subscription ${subscription.id}: status is "active" here and "canceled" at Stripe`,
  );
  expect(words.out).toContain('Drift left in 1 customer: add --fix to repair it.');

  expect(json.code).toBe(2);
  const report = JSON.parse(json.out);
  expect(report).toMatchObject({ checked: 1, complete: true, found: [{ customer, fixed: false }] });
  expect(report.found[0].differences).toContainEqual({
    object: `subscription ${subscription.id}`,
    field: 'status',
    ours: 'active',
    stripes: 'canceled',
  });

  const fixed = await call('--customer', customer, '--fix');
  expect(fixed.code).toBe(0);
  expect(fixed.out).toContain('1 customer repaired.');
  const checked = await call('--customer', customer);
  expect(checked.code).toBe(0);
  expect(checked.out).toContain('No drift.');
});

it('when Stripe does not list its events, says so in a sentence and ends with 1', async () => {
  await breakStripe({ on: 'GET /v1/events', kind: '500' });
  const { code, out, err } = await run('--json');
  await mendStripe();
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toMatch(/^Stripe: .+ \(request req_\w+\)\n$/);
});

it('says that the last run was too long ago, checks everybody, and ends with 3', async () => {
  await reconcile({ fix: true, rate: 1_000 });
  const until = new Date('2026-01-02');
  await db().reconcileProgress.update({ where: { mode: 'test' }, data: { until } });
  const { code, out } = await call('--fix', '--rate', '1000');
  expect(out).toContain('The last complete run was on 2026-01-02');
  expect(code).toBe(3);
  expect((await call('--fix', '--rate', '1000')).code).toBe(0);
});

it('does not know a customer who is not ours', async () => {
  const { code, err } = await run('--customer', 'cus_of_somebody_else');
  expect(code).toBe(64);
  expect(err).toContain('cus_of_somebody_else is not a customer of ours');
});

describe('on a long run', () => {
  beforeEach(async () => {
    await db().reconcileProgress.updateMany({ data: { walk: null } });
  });

  it('goes on where it was killed, and says what was found before', async () => {
    const { customer, subscription } = await createSubscriber();
    await reconcile({ fix: true, rate: 1_000 });
    await db().subscription.update({ where: { id: subscription.id }, data: { status: 'paused' } });
    const walking = start('--all', '--json', '--rate', '100');
    await expect.poll(savedWalk, { timeout: 30_000 }).not.toBeNull();
    walking.process.kill('SIGKILL');
    expect((await walking.ended).code).toBeNull();
    const { checked } = JSON.parse((await savedWalk()) ?? '{}');

    let rest: Ended | undefined;
    const asked = await requestsDuring(async () => {
      rest = await run('--all', '--json', '--rate', '1000');
    });
    await syncCustomer(customer);
    expect(rest?.code).toBe(2);
    const report = JSON.parse(rest?.out ?? '');
    expect(report).toMatchObject({ complete: true, failed: [], found: [{ customer }] });
    const total = await db().customer.count();
    expect(report.checked).toBeGreaterThanOrEqual(total);
    // What differs is read a second time, in case its event was on the way.
    const read = asked.filter(({ path }) => path === '/v1/invoices');
    expect(read.length).toBeLessThanOrEqual(total - checked + 1);
    expect(await savedWalk()).toBeNull();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'told to stop by %s, says how far it is, reports what it did and ends with 130',
    async (signal) => {
      const walking = start('--all', '--json', '--rate', '60');
      let said = '';
      walking.process.stderr?.on('data', (data) => {
        said += data;
      });
      await expect
        .poll(() => said, { timeout: 30_000 })
        .toMatch(/\d+ of \d+ customers checked, 0 with drift, about \d+ s left/);
      // Ctrl-C comes from the terminal, and from npm.
      walking.process.kill(signal);
      walking.process.kill(signal);
      const { code, out, err } = await walking.ended;
      expect(code).toBe(130);
      expect(JSON.parse(out)).toMatchObject({ complete: false, failed: [] });
      expect(err).toContain('the same command goes on from here');
    },
  );
});

async function savedWalk(): Promise<string | null> {
  const progress = await db().reconcileProgress.findUnique({ where: { mode: 'test' } });
  return progress?.walk ?? null;
}
