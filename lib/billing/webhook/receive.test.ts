import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  breakStripe,
  createSubscriber,
  mendStripe,
  requestsDuring,
} from '@/test/support/integration';
import { db } from '../../db';
import { env } from '../../env';
import { billingOverview } from '../overview';
import { stripe } from '../stripe';
import { receiveEvent } from './receive';
import { InvalidSignatureError } from './signature';

describe('a delivery', () => {
  let subscriber: Awaited<ReturnType<typeof createSubscriber>>;
  beforeEach(async () => {
    subscriber = await createSubscriber();
  });

  it('wakes the sync of the customer it names, and is recorded with its effect', async () => {
    const event = eventAbout({ object: 'subscription', customer: subscriber.customer });
    const asked = await requestsDuring(() => receiveEvent(...signed(event)));
    expect(asked.map(({ path }) => path)).toEqual(['/v1/subscriptions']);
    expect((await billingOverview(subscriber.user)).subscription?.status).toBe('active');
    expect(await recorded(event.id)).toMatchObject({ status: 'processed', attempts: 1 });
  });

  it('in a burst of twenty costs a few reads, and all are processed', async () => {
    const events = Array.from({ length: 20 }, () =>
      eventAbout({ object: 'subscription', customer: subscriber.customer }),
    );
    await breakStripe({ on: 'GET /v1/subscriptions', kind: 'latency', ms: 1_000, times: 1 });
    const asked = await requestsDuring(() =>
      Promise.all(events.map((event) => receiveEvent(...signed(event)))),
    );
    await mendStripe();
    expect(asked.length).toBeLessThanOrEqual(4);
    const processed = { id: { in: events.map(({ id }) => id) }, status: 'processed' };
    expect(await db().stripeEvent.count({ where: processed })).toBe(events.length);
  });

  it('that was processed stays so, without an error, when its user is gone by the next time', async () => {
    const event = eventAbout({ object: 'subscription', customer: subscriber.customer });
    await receiveEvent(...signed(event));
    await db().user.delete({ where: { id: subscriber.user.id } });
    await receiveEvent(...signed(event));
    expect(await recorded(event.id)).toMatchObject({ status: 'processed', error: null });
  });

  it('is believed about nothing but the customer', async () => {
    const event = eventAbout({
      ...subscriber.subscription,
      status: 'canceled',
      customer: subscriber.customer,
    });
    await receiveEvent(...signed(event));
    expect((await billingOverview(subscriber.user)).subscription?.status).toBe('active');
  });

  it('that was processed before asks Stripe nothing', async () => {
    const event = eventAbout({ object: 'subscription', customer: subscriber.customer });
    await receiveEvent(...signed(event));
    expect(await requestsDuring(() => receiveEvent(...signed(event)))).toEqual([]);
    expect(await recorded(event.id)).toMatchObject({ status: 'processed', attempts: 2 });
  });

  it('that fails is recorded as failed and thrown, and the next try mends it', async () => {
    const event = eventAbout({ object: 'subscription', customer: subscriber.customer });
    await breakStripe({ on: 'GET /v1/subscriptions', kind: '500', times: 9 });
    await expect(receiveEvent(...signed(event))).rejects.toThrow();
    expect(await recorded(event.id)).toMatchObject({ status: 'failed' });
    expect((await billingOverview(subscriber.user)).subscription).toBeNull();
    await mendStripe();
    await receiveEvent(...signed(event));
    expect(await recorded(event.id)).toMatchObject({ status: 'processed', error: null });
    expect((await billingOverview(subscriber.user)).subscription?.status).toBe('active');
  });
});

it('of an event about nobody of ours is recorded and explained', async () => {
  const event = eventAbout({ object: 'subscription', customer: 'cus_nobody' });
  await receiveEvent(...signed(event));
  expect(await recorded(event.id)).toMatchObject({
    status: 'ignored',
    error: 'cus_nobody is not a customer of ours',
  });
});

it('of the other mode is recorded and explained', async () => {
  const event = { ...eventAbout({ object: 'customer', id: 'cus_1' }), livemode: true };
  await receiveEvent(...signed(event));
  expect(await recorded(event.id)).toMatchObject({ status: 'ignored' });
});

it('is taken with any of the secrets while one is being replaced', async () => {
  const secrets = env().STRIPE_WEBHOOK_SECRET;
  for (const secret of secrets) {
    const event = eventAbout({ object: 'plan' });
    await receiveEvent(...signed(event, { secret }));
    expect(await recorded(event.id)).toMatchObject({ status: 'ignored' });
  }
});

it.each<[string, SigningOptions | null]>([
  ['unsigned', null],
  ['signed by somebody else', { secret: 'whsec_of_somebody_else' }],
  ['signed ten minutes ago', { timestamp: Math.floor(Date.now() / 1000) - 600 }],
  ['signed for ten minutes from now', { timestamp: Math.floor(Date.now() / 1000) + 600 }],
])('that is %s is refused, and nothing is recorded', async (_, options) => {
  const event = eventAbout({ object: 'customer', id: 'cus_1' });
  const [body, signature] = signed(event, options ?? {});
  await expect(receiveEvent(body, options && signature)).rejects.toThrow(InvalidSignatureError);
  expect(await recorded(event.id)).toBeNull();
});

function eventAbout(object: Record<string, unknown>) {
  return {
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'customer.subscription.updated',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object },
  };
}

type SigningOptions = { secret?: string; timestamp?: number };

function signed(
  event: object,
  { secret = env().STRIPE_WEBHOOK_SECRET[0] ?? '', ...options }: SigningOptions = {},
): [string, string] {
  const payload = JSON.stringify(event);
  const header = stripe().webhooks.generateTestHeaderString({ payload, secret, ...options });
  return [payload, header];
}

function recorded(id: string) {
  return db().stripeEvent.findUnique({ where: { id } });
}
