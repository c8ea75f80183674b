import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '../../test/receiver';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let receiver: Receiver;

beforeEach(async () => {
  loopback = await startEmulator({ webhookRetries: [1, 1, 1] });
  receiver = await startReceiver();
});

afterEach(async () => {
  await loopback.close();
  await receiver.close();
});

async function endpoint(events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = ['*']) {
  const made = await loopback.stripe.webhookEndpoints.create({
    enabled_events: events,
    url: receiver.url,
  });
  if (!made.secret) throw new Error('The secret is shown at creation.');
  return { id: made.id, secret: made.secret };
}

/** Deliveries as control tells them, once they are all in one of the given states. */
async function settled(...states: string[]) {
  const deliveries = () => loopback.control('GET', 'deliveries');
  await expect
    .poll(deliveries, { timeout: 5_000 })
    .toEqual(
      expect.not.arrayContaining([
        expect.objectContaining({ state: expect.not.stringMatching(states.join('|')) }),
      ]),
    );
  return deliveries();
}

describe('events', () => {
  test('tell what changed, exactly: of hashes the changed keys, of arrays the whole', async () => {
    const { stripe } = loopback;
    const { id } = await stripe.customers.create({
      name: 'Ada',
      metadata: { a: '1', b: '2' },
      preferred_locales: ['en'],
    });
    await stripe.customers.update(
      id,
      {
        name: 'Grace',
        metadata: { a: '1', b: '3', c: '4' },
        address: { city: 'Berlin' },
        preferred_locales: ['de', 'en'],
      },
      { idempotencyKey: 'change' },
    );
    const [updated] = (await stripe.events.list({ type: 'customer.updated' })).data;
    expect(updated).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      pending_webhooks: 0,
      request: { id: expect.stringMatching(/^req_/), idempotency_key: 'change' },
      data: { object: { id, name: 'Grace' } },
    });
    expect(updated?.data.previous_attributes).toEqual({
      address: null,
      metadata: { b: '2', c: null },
      name: 'Ada',
      preferred_locales: ['en'],
    });
  });

  test('are not written when nothing changed', async () => {
    const { id } = await loopback.stripe.customers.create({ name: 'Ada' });
    await loopback.stripe.customers.update(id, { name: 'Ada' });
    const { data } = await loopback.stripe.events.list({ type: 'customer.updated' });
    expect(data).toEqual([]);
  });

  test('are listed by type, by several types, and by whether they were delivered', async () => {
    await endpoint(['product.created']);
    receiver.answer(500);
    await loopback.stripe.customers.create();
    await loopback.stripe.products.create({ name: 'Pro' });
    await settled('failed');
    const types = async (params: Stripe.EventListParams) =>
      (await loopback.stripe.events.list(params)).data.map(({ type }) => type);
    expect(await types({ type: 'customer.*' })).toEqual(['customer.created']);
    expect(await types({ types: ['customer.created', 'product.created'] })).toHaveLength(2);
    expect(await types({ delivery_success: false })).toEqual(['product.created']);
    expect(await types({ delivery_success: true })).toEqual(['customer.created']);
  });
});

describe('deliveries', () => {
  test('carry the event, signed so that the SDK takes it, to every endpoint that wants it', async () => {
    const wanting = await endpoint(['customer.created']);
    const other = await startReceiver();
    await loopback.stripe.webhookEndpoints.create({ enabled_events: ['*'], url: other.url });
    const customer = await loopback.stripe.customers.create({ name: 'Ada' });
    await loopback.stripe.customers.update(customer.id, { name: 'Grace' });
    await other.until(2);
    const [received] = await receiver.until(1);
    const event = Stripe.webhooks.constructEvent(
      received?.body ?? '',
      received?.signature ?? '',
      wanting.secret,
    );
    expect(event).toMatchObject({
      type: 'customer.created',
      pending_webhooks: 2,
      data: { object: { id: customer.id } },
    });
    await settled('succeeded');
    expect(receiver.received).toHaveLength(1);
    expect(await loopback.stripe.events.retrieve(event.id)).toMatchObject({ pending_webhooks: 0 });
    await other.close();
  });

  test('are retried with a new signature after an error and after a redirect', async () => {
    const { secret } = await endpoint();
    receiver.answer(500, 302, 200);
    await loopback.stripe.customers.create();
    const received = await receiver.until(3);
    for (const { body, signature } of received) {
      expect(Stripe.webhooks.constructEvent(body, signature, secret).type).toBe('customer.created');
    }
    expect(await settled('succeeded')).toMatchObject([
      { state: 'succeeded', attempts: [{ status: 500 }, { status: 302 }, { status: 200 }] },
    ]);
  });

  test('fail for good when the tries are used up, and can be sent again by hand', async () => {
    await endpoint();
    receiver.answer(500);
    await loopback.stripe.customers.create();
    await settled('failed');
    expect(receiver.received).toHaveLength(4);
    receiver.answer(200);
    const [event] = (await loopback.stripe.events.list()).data;
    await loopback.control('POST', `deliveries/${event?.id}/resend`);
    await receiver.until(5);
    await settled('succeeded');
    expect(await loopback.stripe.events.retrieve(event?.id ?? '')).toMatchObject({
      pending_webhooks: 0,
    });
  });

  test('do not go to an endpoint that is disabled or deleted', async () => {
    const disabled = await endpoint();
    await loopback.stripe.webhookEndpoints.update(disabled.id, { disabled: true });
    const deleted = await endpoint();
    await loopback.stripe.webhookEndpoints.del(deleted.id);
    await loopback.stripe.customers.create();
    expect(await loopback.control('GET', 'deliveries')).toEqual([]);
  });

  test('are given up when their endpoint is disabled or deleted before the next try', async () => {
    const disabled = await endpoint();
    const deleted = await endpoint();
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'delay', times: 2, ms: 500 });
    await loopback.stripe.customers.create();
    await loopback.stripe.webhookEndpoints.update(disabled.id, { disabled: true });
    await loopback.stripe.webhookEndpoints.del(deleted.id);
    expect(await settled('failed')).toMatchObject([{ attempts: [] }, { attempts: [] }]);
    expect(receiver.received).toEqual([]);
  });

  test('are still made when the clock has moved on by months', async () => {
    await endpoint();
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'delay', times: 1, ms: 500 });
    await loopback.stripe.customers.create();
    await loopback.control('POST', 'clock', { advance: { months: 2 } });
    await loopback.stripe.products.create({ name: 'Pro' });
    const types = (await receiver.until(2)).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(['product.created', 'customer.created']);
  });

  test('name the version their endpoint asks for', async () => {
    await loopback.stripe.webhookEndpoints.create({
      api_version: '2024-06-20',
      enabled_events: ['*'],
      url: receiver.url,
    });
    await loopback.stripe.customers.create();
    const [received] = await receiver.until(1);
    expect(JSON.parse(received?.body ?? '')).toMatchObject({ api_version: '2024-06-20' });
  });
});

describe('secrets', () => {
  test('are shown at creation only', async () => {
    const { id } = await endpoint();
    expect(await loopback.stripe.webhookEndpoints.retrieve(id)).not.toHaveProperty('secret');
    const { data } = await loopback.stripe.webhookEndpoints.list();
    expect(data[0]).not.toHaveProperty('secret');
    const requests = JSON.stringify(await loopback.control('GET', 'requests'));
    expect(requests).not.toContain('whsec_');
  });

  test('sign side by side while they roll', async () => {
    const { id, secret } = await endpoint();
    const rolled = await loopback.control('POST', `webhook_endpoints/${id}/roll`, {});
    const fresh = expect.objectContaining({ secret: expect.stringMatching(/^whsec_/) });
    expect(rolled).toEqual(fresh);
    await loopback.stripe.customers.create();
    const [received] = await receiver.until(1);
    expect(received?.signature.match(/v1=/g)).toHaveLength(2);
    const { body = '', signature = '' } = received ?? {};
    expect(Stripe.webhooks.constructEvent(body, signature, secret).object).toBe('event');
  });

  test('of a forwarding endpoint stay the same across a reset', async () => {
    const secret = 'whsec_forwarded';
    loopback.emulator.ensureForward({ url: receiver.url, secret });
    loopback.emulator.ensureForward({ url: receiver.url, secret });
    await loopback.control('POST', 'reset');
    await loopback.stripe.customers.create();
    const [received] = await receiver.until(1);
    const { body = '', signature = '' } = received ?? {};
    expect(Stripe.webhooks.constructEvent(body, signature, secret).type).toBe('customer.created');
    expect((await loopback.stripe.webhookEndpoints.list()).data).toHaveLength(1);
  });
});

describe('faults on deliveries', () => {
  test('drop one for good', async () => {
    await endpoint();
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'drop', times: 1 });
    await loopback.stripe.customers.create();
    await loopback.stripe.products.create({ name: 'Pro' });
    const [received] = await receiver.until(1);
    expect(received?.body).toContain('product.created');
    expect(await settled('succeeded', 'dropped')).toMatchObject([
      { state: 'dropped' },
      { state: 'succeeded' },
    ]);
  });

  test('send one twice', async () => {
    await endpoint();
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'double', times: 1 });
    await loopback.stripe.customers.create();
    const [first, second] = await receiver.until(2);
    expect(JSON.parse(first?.body ?? '').id).toBe(JSON.parse(second?.body ?? '').id);
  });

  test('let the next one overtake', async () => {
    await endpoint();
    await loopback.control('POST', 'faults', {
      on: 'webhook',
      kind: 'reorder',
      times: 1,
      event: 'customer.created',
    });
    const { id } = await loopback.stripe.customers.create();
    await loopback.stripe.customers.update(id, { name: 'Ada' });
    const types = (await receiver.until(2)).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(['customer.updated', 'customer.created']);
  });

  test('sign one with a secret of nobody, and rightly at the next try', async () => {
    const { secret } = await endpoint();
    receiver.answer(400, 200);
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'bad_signature', times: 1 });
    await loopback.stripe.customers.create();
    const [bad, good] = await receiver.until(2);
    const construct = (received = { body: '', signature: '' }) =>
      Stripe.webhooks.constructEvent(received.body, received.signature, secret);
    expect(() => construct(bad)).toThrow(/signature/);
    expect(construct(good).type).toBe('customer.created');
  });

  test('delay one', async () => {
    await endpoint();
    await loopback.control('POST', 'faults', { on: 'webhook', kind: 'delay', times: 1, ms: 300 });
    await loopback.stripe.customers.create();
    await loopback.stripe.products.create({ name: 'Pro' });
    const types = (await receiver.until(2)).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(['product.created', 'customer.created']);
  });
});
