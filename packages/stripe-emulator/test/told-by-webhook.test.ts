import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { advance, customerOnClock, recurringPrice, seconds } from './objects';
import { type Receiver, startReceiver } from './receiver';
import { startEmulator, type TestEmulator } from './start-emulator';

let running: TestEmulator;
let receiver: Receiver;
let secret: string;

beforeEach(async () => {
  running = await startEmulator();
  receiver = await startReceiver();
});

afterEach(async () => {
  await running.close();
  await receiver.close();
});

async function listen(...types: Stripe.WebhookEndpointCreateParams.EnabledEvent[]) {
  const { url } = receiver;
  const endpoint = await running.stripe.webhookEndpoints.create({ url, enabled_events: types });
  secret = endpoint.secret ?? '';
}

/** What has arrived, once nothing is on its way any more, in the order it was written. */
async function told(): Promise<Stripe.Event[]> {
  const isPending = async () =>
    JSON.stringify(await running.control('GET', 'deliveries')).includes('"pending"');
  await expect.poll(isPending).toBe(false);
  const events = receiver.received.map(({ body, signature }) =>
    running.stripe.webhooks.constructEvent(body, signature, secret),
  );
  const written = await running.stripe.events.list({ limit: 100 });
  const place = new Map(written.data.map(({ id }, at) => [id, at]));
  return events.sort((a, b) => (place.get(b.id) ?? 0) - (place.get(a.id) ?? 0));
}

async function onClock(at: string, params: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { customer, clock } = await customerOnClock(running.stripe, { at });
  const { id: price } = await recurringPrice(running.stripe);
  const subscribe = () =>
    running.stripe.subscriptions.create({ customer, items: [{ price }], ...params });
  return { clock, subscribe };
}

test('a subscription that is created and paid at once is told from incomplete to active', async () => {
  const { subscribe } = await onClock('2027-01-31T10:00:00Z');
  await listen('*');
  const { id } = await subscribe();
  const events = await told();
  expect(events.map(({ type }) => type)).toEqual([
    'customer.subscription.created',
    'customer.updated',
    'invoice.created',
    'payment_intent.created',
    'invoice.finalized',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice_payment.paid',
    'invoice.updated',
    'invoice.paid',
    'invoice.payment_succeeded',
    'customer.subscription.updated',
  ]);
  expect(events.at(0)?.data).toMatchObject({ object: { id, status: 'incomplete' } });
  expect(events.at(-1)?.data).toMatchObject({
    object: { id, status: 'active' },
    previous_attributes: { status: 'incomplete' },
  });
});

describe('the end of a trial', () => {
  const trial = { trial_period_days: 14 };

  test('is told three days before it, and not again', async () => {
    const { clock, subscribe } = await onClock('2027-03-01T00:00:00Z', trial);
    const { id, trial_end } = await subscribe();
    await listen('customer.subscription.trial_will_end');
    await advance(running.stripe, clock, seconds('2027-03-11T23:59:59Z'));
    expect(await told()).toEqual([]);
    await advance(running.stripe, clock, seconds('2027-03-12T00:00:00Z'));
    const [event] = await told();
    expect(event).toMatchObject({
      created: seconds('2027-03-12T00:00:00Z'),
      data: { object: { id, status: 'trialing', trial_end } },
    });
    await advance(running.stripe, clock, seconds('2027-03-16T00:00:00Z'));
    expect(await told()).toHaveLength(1);
  });

  test('is told at once when it is moved to less than three days away', async () => {
    const { clock, subscribe } = await onClock('2027-03-01T00:00:00Z', trial);
    const { id } = await subscribe();
    await listen('customer.subscription.trial_will_end');
    const soon = seconds('2027-03-03T00:00:00Z');
    await running.stripe.subscriptions.update(id, { trial_end: soon });
    const [event] = await told();
    expect(event).toMatchObject({
      created: seconds('2027-03-01T00:00:00Z'),
      data: { object: { id, status: 'trialing', trial_end: soon } },
    });
    await advance(running.stripe, clock, soon);
    expect(await told()).toHaveLength(1);
  });

  test('is told at once when it is ended now', async () => {
    const { subscribe } = await onClock('2027-03-01T00:00:00Z', trial);
    const { id } = await subscribe();
    await listen('customer.subscription.trial_will_end', 'customer.subscription.updated');
    await running.stripe.subscriptions.update(id, { trial_end: 'now' });
    const events = await told();
    expect(events.map(({ type }) => type)).toContain('customer.subscription.trial_will_end');
    expect(await running.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  });
});
