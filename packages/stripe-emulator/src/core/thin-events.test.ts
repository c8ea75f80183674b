import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { present } from '../../test/objects';
import { type Receiver, startReceiver } from '../../test/receiver';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let stripe: Stripe;
let receiver: Receiver;

beforeEach(async () => {
  loopback = await startEmulator({ webhookRetries: [1, 1, 1] });
  stripe = loopback.stripe;
  receiver = await startReceiver();
});

afterEach(async () => {
  await loopback.close();
  await receiver.close();
});

async function destination(
  events: string[],
  more: Partial<Stripe.V2.Core.EventDestinationCreateParams> = {},
) {
  return stripe.v2.core.eventDestinations.create({
    enabled_events: events,
    event_payload: 'thin',
    include: ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'],
    name: 'To the app',
    type: 'webhook_endpoint',
    webhook_endpoint: { url: receiver.url },
    ...more,
  });
}

describe('an event destination', () => {
  test('is sent thin events, signed, by which the event and its object are fetched', async () => {
    const { webhook_endpoint: hook } = await destination(['v1.customer.updated']);
    const { id } = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(id, { name: 'Grace' }, { idempotencyKey: 'rename' });
    const [received] = await receiver.until(1);
    const notification = stripe.parseEventNotification(
      present(received).body,
      present(received).signature,
      present(hook?.signing_secret),
    );
    if (notification.type !== 'v1.customer.updated') throw new Error(notification.type);
    expect(notification).toMatchObject({
      object: 'v2.core.event',
      context: null,
      livemode: false,
      reason: { type: 'request', request: { idempotency_key: 'rename' } },
      related_object: { id, type: 'customer', url: `/v1/customers/${id}` },
      snapshot_event: (await stripe.events.list({ type: 'customer.updated' })).data[0]?.id,
    });
    const event = await notification.fetchEvent();
    expect(event.changes).toEqual({ before: { name: 'Ada' }, after: { name: 'Grace' } });
    expect(await notification.fetchRelatedObject()).toMatchObject({ id, name: 'Grace' });
    const same = await stripe.v2.core.events.retrieve(event.id);
    expect(same).toMatchObject({ changes: event.changes, related_object: { id } });
  });

  test('is sent snapshots in a version of its own, if it wants those', async () => {
    const { webhook_endpoint: hook } = await destination(['customer.created'], {
      event_payload: 'snapshot',
      snapshot_api_version: '2025-03-31.basil',
    });
    await stripe.customers.create();
    const [received] = await receiver.until(1);
    const event = stripe.webhooks.constructEvent(
      present(received).body,
      present(received).signature,
      present(hook?.signing_secret),
    );
    expect(event).toMatchObject({ api_version: '2025-03-31.basil', type: 'customer.created' });
  });

  test('is shown, changed, switched off and on, pinged and deleted', async () => {
    const { eventDestinations } = stripe.v2.core;
    const made = await destination(['*'], { description: 'Everything', metadata: { a: '1' } });
    expect(made).toMatchObject({
      object: 'v2.core.event_destination',
      description: 'Everything',
      enabled_events: ['*'],
      event_payload: 'thin',
      livemode: false,
      metadata: { a: '1' },
      status: 'enabled',
      webhook_endpoint: { url: receiver.url },
    });
    const changed = await eventDestinations.update(made.id, { name: 'Other' });
    expect(changed).toMatchObject({ name: 'Other', webhook_endpoint: {} });
    expect((await eventDestinations.disable(made.id)).status_details).toEqual({
      disabled: { reason: 'user' },
    });
    await stripe.customers.create();
    expect(await eventDestinations.enable(made.id)).not.toHaveProperty('status_details');
    const ping = await eventDestinations.ping(made.id);
    const [received] = await receiver.until(1);
    expect(JSON.parse(present(received).body)).toMatchObject({
      id: ping.id,
      type: 'v2.core.event_destination.ping',
      related_object: { id: made.id },
    });
    expect((await eventDestinations.list()).data.map(({ id }) => id)).toEqual([made.id]);
    expect(await eventDestinations.del(made.id)).toMatchObject({ id: made.id });
    await expect(eventDestinations.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test('is refused with events that are not sent', async () => {
    await expect(destination(['v1.customer.subscription.item_added'])).rejects.toThrow(
      'not a thin event that the emulator sends',
    );
    await expect(destination(['customer.created'])).rejects.toMatchObject({
      param: 'enabled_events[0]',
    });
    await expect(
      destination(['customer.created'], { event_payload: 'snapshot' }),
    ).rejects.toMatchObject({ param: 'snapshot_api_version' });
  });
});

describe('thin events', () => {
  test('are listed by type, object and time, page by page', async () => {
    const { id } = await stripe.customers.create({ name: 'Ada' });
    for (const name of ['Grace', 'Edsger', 'Barbara']) await stripe.customers.update(id, { name });
    await stripe.products.create({ name: 'Pro' });
    const found: string[] = [];
    for await (const event of stripe.v2.core.events.list({ object_id: id, limit: 2 })) {
      found.push(event.type);
    }
    expect(found).toEqual([
      'v1.customer.updated',
      'v1.customer.updated',
      'v1.customer.updated',
      'v1.customer.created',
    ]);
    const { data } = await stripe.v2.core.events.list({
      types: ['v1.product.created'],
      created: { gte: 1_600_000_000 },
    });
    expect(data).toHaveLength(1);
    expect(await stripe.v2.core.events.retrieve(present(data[0]).id)).toMatchObject({
      type: 'v1.product.created',
    });
    await expect(stripe.v2.core.events.retrieve('evt_test_none')).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe('the stream of usage', () => {
  test('takes reports by a token, and tells of those that are wrong by an event', async () => {
    await destination([
      'v1.billing.meter.error_report_triggered',
      'v1.billing.meter.no_meter_found',
    ]);
    const customer = await stripe.customers.create();
    const meter = await stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'sum' },
    });
    const session = await stripe.v2.billing.meterEventSession.create();
    const report = (event_name: string, value: string, identifier?: string) => ({
      event_name,
      payload: { stripe_customer_id: customer.id, value },
      ...(identifier && { identifier }),
    });
    const stream = loopback.client(session.authentication_token);
    await stream.v2.billing.meterEventStream.create({
      events: [
        report('calls', '5', 'first'),
        report('calls', '7', 'first'),
        report('calls', 'many', 'wrong'),
        report('nobody_listens', '1'),
      ],
    });
    const received = (await receiver.until(2)).map(({ body }) => JSON.parse(body));
    expect(received.map(({ type }) => type).sort()).toEqual([
      'v1.billing.meter.error_report_triggered',
      'v1.billing.meter.no_meter_found',
    ]);
    const { data } = await stripe.v2.core.events.list({
      types: ['v1.billing.meter.error_report_triggered'],
    });
    expect(data[0]).toMatchObject({
      related_object: { id: meter.id },
      data: {
        reason: {
          error_count: 1,
          error_types: [
            {
              code: 'meter_event_invalid_value',
              sample_errors: [{ request: { identifier: 'wrong' } }],
            },
          ],
        },
      },
    });
    const now = Math.floor(Date.now() / 60_000) * 60;
    const usage = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer: customer.id,
      start_time: now - 3600,
      end_time: now + 3600,
    });
    expect(usage.data[0]?.aggregated_value).toBe(5);
    await loopback.control('POST', 'clock', { advance: { minutes: 16 } });
    await expect(
      stream.v2.billing.meterEventStream.create({ events: [report('calls', '1')] }),
    ).rejects.toMatchObject({ type: 'TemporarySessionExpiredError' });
    await expect(
      stripe.v2.billing.meterEventStream.create({ events: [report('calls', '1')] }),
    ).rejects.toMatchObject({ statusCode: 401 });
  });

  test('is not needed for a single report, which is checked at once and can be taken back', async () => {
    const customer = await stripe.customers.create();
    await stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'sum' },
    });
    const report = {
      event_name: 'calls',
      identifier: 'once',
      payload: { stripe_customer_id: customer.id, value: '5' },
      timestamp: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
    };
    const taken = await stripe.v2.billing.meterEvents.create(report);
    expect(taken).toMatchObject({ object: 'v2.billing.meter_event', ...report });
    await expect(stripe.v2.billing.meterEvents.create(report)).rejects.toMatchObject({
      statusCode: 400,
    });
    const canceled = await stripe.v2.billing.meterEventAdjustments.create({
      event_name: 'calls',
      type: 'cancel',
      cancel: { identifier: 'once' },
    });
    expect(canceled).toMatchObject({ cancel: { identifier: 'once' }, status: 'pending' });
  });
});

describe('pending_webhooks', () => {
  test('counts the destinations that have not taken an event, also when it is sent again', async () => {
    await destination(['*']);
    await stripe.webhookEndpoints.create({
      enabled_events: ['customer.created'],
      url: receiver.url,
    });
    receiver.answer(200, 500);
    await stripe.customers.create();
    const pending = async () => {
      const [event] = (await stripe.events.list({ type: 'customer.created' })).data;
      return present(event);
    };
    await receiver.until(5);
    await expect.poll(async () => (await pending()).pending_webhooks).toBe(1);
    receiver.answer(500);
    const deliveries = loopback.emulator.control.deliveries;
    await expect.poll(() => deliveries().some(({ state }) => state === 'pending')).toBe(false);
    await loopback.control('POST', `deliveries/${(await pending()).id}/resend`);
    await expect.poll(() => deliveries().some(({ state }) => state === 'pending')).toBe(false);
    expect((await pending()).pending_webhooks).toBe(1);
    receiver.answer(200);
    await loopback.control('POST', `deliveries/${(await pending()).id}/resend`);
    await expect.poll(async () => (await pending()).pending_webhooks).toBe(0);
  });
});
