import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startReceiver } from '../../test/receiver';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let dir: string;
let open: TestEmulator[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stripe-emulator-'));
  open = [];
});

afterEach(async () => {
  for (const loopback of open) await loopback.close();
  rmSync(dir, { recursive: true });
});

async function start(): Promise<TestEmulator> {
  const loopback = await startEmulator({ dir, webhookRetries: [1, 1, 1] });
  open.push(loopback);
  return loopback;
}

async function stop(loopback: TestEmulator): Promise<void> {
  open = open.filter((other) => other !== loopback);
  await loopback.close();
}

/** An emulator in a process of its own, to be killed. */
async function startChild(): Promise<{ child: ChildProcess; stripe: Stripe }> {
  const script = `
    import { startEmulator } from ${JSON.stringify(join(import.meta.dirname, '../../test/start-emulator.ts'))};
    const { url } = await startEmulator({ dir: ${JSON.stringify(dir)} });
    console.log(new URL(url).port);
  `;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const port of createInterface({ input: child.stdout })) {
    const stripe = new Stripe('sk_test_child', {
      host: '127.0.0.1',
      port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
    });
    return { child, stripe };
  }
  throw new Error('The child process ended before it listened.');
}

describe('the state on disk', () => {
  test('survives a restart: objects in their order, keys, the clock and events', async () => {
    const first = await start();
    const one = await first.stripe.customers.create({ name: 'One' }, { idempotencyKey: 'one' });
    const two = await first.stripe.customers.create({ name: 'Two' });
    await first.stripe.customers.update(one.id, { name: 'Uno' });
    await first.control('POST', 'clock', { advance: { days: 3 } });
    const { offset } = Object(await first.control('GET', 'clock'));
    await stop(first);

    const second = await start();
    const { data } = await second.stripe.customers.list();
    expect(data.map(({ id, name }) => [id, name])).toEqual([
      [two.id, 'Two'],
      [one.id, 'Uno'],
    ]);
    expect(await second.control('GET', 'clock')).toMatchObject({ offset });
    const again = await second.stripe.customers.create({ name: 'One' }, { idempotencyKey: 'one' });
    expect(again.id).toBe(one.id);
    expect((await second.stripe.events.list()).data).toHaveLength(3);
  });

  test('loses nothing it has acknowledged when the process is killed amid writing', async () => {
    for (let round = 0; round < 2; round++) {
      const { child, stripe } = await startChild();
      const acknowledged: string[] = [];
      const writing = Array.from({ length: 8 }, async () => {
        for (;;) acknowledged.push((await stripe.customers.create({ name: 'Ada' })).id);
      });
      await expect.poll(() => acknowledged.length).toBeGreaterThan(30);
      child.kill('SIGKILL');
      await Promise.allSettled(writing);

      const loopback = await start();
      for (const id of acknowledged) {
        expect(await loopback.stripe.customers.retrieve(id)).toMatchObject({ name: 'Ada' });
      }
      const customers = await loopback.stripe.customers
        .list({ limit: 100 })
        .autoPagingToArray({ limit: 10_000 });
      const { data: events } = await loopback.stripe.events.list({ limit: 1 });
      expect(events[0]?.data.object).toMatchObject({ id: customers[0]?.id });
      await stop(loopback);
    }
  });

  test('cuts off a line that was torn', async () => {
    const first = await start();
    const { id } = await first.stripe.customers.create();
    await stop(first);
    appendFileSync(join(dir, 'journal-0.jsonl'), '[["test","customer","cus_torn",{"id":"cus_to');
    const second = await start();
    expect((await second.stripe.customers.list()).data.map((customer) => customer.id)).toEqual([
      id,
    ]);
    const other = await second.stripe.customers.create();
    await stop(second);
    const third = await start();
    expect((await third.stripe.customers.list()).data.map((customer) => customer.id)).toEqual([
      other.id,
      id,
    ]);
  });

  test('keeps no card number', async () => {
    const loopback = await start();
    await loopback.stripe.paymentMethods.create(
      {
        type: 'card',
        card: { number: '4242424242424242', exp_month: 1, exp_year: 2040, cvc: '987' },
      },
      { idempotencyKey: 'card' },
    );
    expect(readFileSync(join(dir, 'journal-0.jsonl'), 'utf8')).not.toContain('42424242');
  });

  test('keeps deliveries that are still to be made', async () => {
    const receiver = await startReceiver();
    const first = await start();
    const { secret = '' } = await first.stripe.webhookEndpoints.create({
      enabled_events: ['*'],
      url: receiver.url,
    });
    await first.control('POST', 'faults', { on: 'webhook', kind: 'delay', ms: 3_600_000 });
    await first.stripe.customers.create();
    await stop(first);
    await start();
    const [received] = await receiver.until(1);
    const { body = '', signature = '' } = received ?? {};
    expect(Stripe.webhooks.constructEvent(body, signature, secret).type).toBe('customer.created');
    await receiver.close();
  });
});

describe('snapshots', () => {
  test('bring back what was, in memory', async () => {
    const loopback = await startEmulator();
    open.push(loopback);
    await snapshotsWork(loopback);
  });

  test('bring back what was, from disk, after a restart too', async () => {
    const first = await start();
    const id = await snapshotsWork(first);
    await stop(first);
    const second = await start();
    await second.stripe.customers.update(id, { name: 'Later' });
    await second.control('POST', 'snapshots/before/restore');
    expect(await second.stripe.customers.retrieve(id)).toMatchObject({ name: 'Before' });
  });

  test('that do not exist are a 404', async () => {
    const loopback = await start();
    expect(await loopback.control('POST', 'snapshots/nothing/restore')).toMatchObject({
      error: { message: expect.stringContaining('nothing') },
    });
    expect(await loopback.control('POST', 'snapshots/..%2F..%2Fetc')).toMatchObject({
      error: { param: 'name' },
    });
  });
});

describe('a reset', () => {
  test('stays one when the process dies before the old journal is gone', async () => {
    const first = await start();
    await first.stripe.customers.create({ name: 'Old' });
    const journal = readFileSync(join(dir, 'journal-0.jsonl'));
    await first.control('POST', 'reset');
    const { id } = await first.stripe.customers.create({ name: 'New' });
    await stop(first);
    writeFileSync(join(dir, 'journal-0.jsonl'), journal);
    const second = await start();
    expect((await second.stripe.customers.list()).data).toMatchObject([{ id, name: 'New' }]);
    expect(readdirSync(dir).filter((name) => name.startsWith('journal'))).toHaveLength(1);
  });

  test('the clock refuses to go where dates end', async () => {
    const loopback = await start();
    const refusal = { error: { param: 'advance', message: expect.stringContaining('calendar') } };
    expect(
      await loopback.control('POST', 'clock', { advance: { months: 1_000_000_000 } }),
    ).toMatchObject(refusal);
  });

  test('empties every world and turns the clock back', async () => {
    const loopback = await start();
    await loopback.stripe.customers.create();
    await loopback.control('POST', 'clock', { advance: { years: 1 } });
    await loopback.control('POST', 'reset');
    expect((await loopback.stripe.customers.list()).data).toEqual([]);
    expect((await loopback.stripe.events.list()).data).toEqual([]);
    expect(await loopback.control('GET', 'clock')).toMatchObject({ offset: 0 });
  });
});

async function snapshotsWork(loopback: TestEmulator): Promise<string> {
  const { id } = await loopback.stripe.customers.create({ name: 'Before' });
  await loopback.control('POST', 'snapshots/before');
  await loopback.stripe.customers.update(id, { name: 'After' });
  await loopback.stripe.customers.create();
  await loopback.control('POST', 'snapshots/before/restore');
  const { data } = await loopback.stripe.customers.list();
  expect(data.map((customer) => [customer.id, customer.name])).toEqual([[id, 'Before']]);
  return id;
}
