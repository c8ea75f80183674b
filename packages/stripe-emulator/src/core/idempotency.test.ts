import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';
import { storeReply } from './idempotency';

let loopback: TestEmulator;

beforeAll(async () => {
  loopback = await startEmulator();
});

afterAll(() => loopback.close());

describe('idempotency keys', () => {
  test('fifty concurrent creations with one key make one customer', async () => {
    const eager = loopback.client('sk_test_loopback', { maxNetworkRetries: 5 });
    const made = await Promise.all(
      Array.from({ length: 50 }, () =>
        eager.customers.create({ email: 'once@a.test' }, { idempotencyKey: 'create-once' }),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const listed = await loopback.stripe.customers.list({ email: 'once@a.test' });
    expect(listed.data).toHaveLength(1);
  });

  test('a repetition gets the stored reply and says so', async () => {
    const options = { idempotencyKey: 'replayed' };
    const first = await loopback.stripe.customers.create({ name: 'Ada' }, options);
    await loopback.stripe.customers.update(first.id, { name: 'Grace' });
    const second = await loopback.stripe.customers.create({ name: 'Ada' }, options);
    expect(second).toEqual(first);
    expect(second.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
      'idempotency-key': 'replayed',
    });
  });

  test('the order of parameters does not matter', async () => {
    const options = { idempotencyKey: 'reordered' };
    const { customers } = loopback.stripe;
    const first = await customers.create({ name: 'Ada', metadata: { a: '1', b: '2' } }, options);
    const second = await customers.create({ metadata: { b: '2', a: '1' }, name: 'Ada' }, options);
    expect(second.id).toBe(first.id);
  });

  test('a key cannot be used for other parameters, nor at another endpoint', async () => {
    const options = { idempotencyKey: 'taken' };
    await loopback.stripe.customers.create({ name: 'Ada' }, options);
    await expect(loopback.stripe.customers.create({ name: 'Bob' }, options)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
      statusCode: 400,
      message:
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'taken' if you meant to execute a different request.",
    });
    await expect(loopback.stripe.products.create({ name: 'Ada' }, options)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
  });

  test('a refused request is not stored: mended, it goes through with the same key', async () => {
    const options = { idempotencyKey: 'mended' };
    await expect(
      loopback.stripe.customers.create({ email: 'nobody' }, options),
    ).rejects.toMatchObject({ code: 'email_invalid' });
    const made = await loopback.stripe.customers.create({ email: 'a@b.test' }, options);
    expect(made.email).toBe('a@b.test');
  });

  test('a key whose request is still under way is answered 409', async () => {
    await loopback.control('POST', 'faults', {
      on: 'POST /v1/customers',
      kind: 'latency',
      ms: 60_000,
      times: 1,
    });
    const options = { idempotencyKey: 'slow' };
    const slow = loopback.stripe.customers.create({}, options);
    await expect.poll(() => loopback.control('GET', 'faults')).toEqual([]);
    await expect(loopback.stripe.customers.create({}, options)).rejects.toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
      headers: { 'stripe-should-retry': 'true' },
    });
    await loopback.control('DELETE', 'faults');
    await expect(slow).resolves.toMatchObject({ object: 'customer' });
  });

  test('reads and deletions take no notice of a key, and an empty one is none', async () => {
    const options = { idempotencyKey: 'read' };
    const { customers } = loopback.stripe;
    const { id } = await customers.create({ name: 'Ada' }, { idempotencyKey: '' });
    const other = await customers.create({ name: 'Bob' }, { idempotencyKey: '' });
    expect(other.id).not.toBe(id);
    await customers.retrieve(id, {}, options);
    await customers.update(id, { name: 'Grace' });
    expect(await customers.retrieve(id, {}, options)).toMatchObject({ name: 'Grace' });
    await customers.del(id, {}, options);
    expect(await customers.retrieve(id, {}, options)).toMatchObject({ deleted: true });
  });

  test('each world has its own keys', async () => {
    const options = { idempotencyKey: 'both' };
    const [one, other] = await Promise.all([
      loopback.stripe.customers.create({}, options),
      loopback.client('sk_live_loopback').customers.create({}, options),
    ]);
    expect(one.id).not.toBe(other.id);
  });

  test('are forgotten after a day, and when there are too many of them', () => {
    loopback.emulator.run('many', (ctx) => {
      const reply = { endpoint: '', fingerprint: '', status: 200, body: '', request: '' };
      const keep = (from: number, to: number) => {
        for (let at = from; at < to; at++) storeReply(ctx, { ...reply, id: `key-${at}` });
      };
      keep(0, 10_010);
      expect(ctx.world._idempotency.size).toBe(10_000);
      expect([ctx.find('_idempotency', 'key-9'), ctx.find('_idempotency', 'key-10')]).toEqual([
        undefined,
        expect.objectContaining({ id: 'key-10' }),
      ]);
      vi.setSystemTime(Date.now() + 25 * 60 * 60 * 1_000);
      keep(20_000, 20_001);
      vi.useRealTimers();
      expect(ctx.world._idempotency.size).toBe(1);
    });
  });
});
