import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replayCommand } from '@/scripts/billing/replay';
import { breakStripe, createSubscriber, mendStripe } from '@/test/support/integration';
import { callCommand, type Ended } from '@/test/support/run-command';
import { db } from '../../db';
import { stripe } from '../stripe';
import { processEvent } from '../webhook/receive';
import { type Replayed, replayEvents, replaySince } from './replay';

let subscriber: Awaited<ReturnType<typeof createSubscriber>>;
beforeEach(async () => {
  subscriber = await createSubscriber();
});
afterEach(mendStripe);

function command(...typed: string[]): Promise<Ended> {
  return callCommand(replayCommand, ...typed);
}

it('one event that never came is fetched from Stripe and processed, and again as often as asked', async () => {
  const { id, type } = await newestEvent();
  for (let time = 1; time <= 2; time++) {
    const { code, out } = await command(id);
    expect(code).toBe(0);
    expect(out).toBe(`${id} ${type}: processed\n1 replayed, 0 failed.\n`);
    expect(await recorded(id)).toMatchObject({ status: 'processed', attempts: time });
  }
  expect(await subscriptionHeld()).toMatchObject({ status: 'active' });
});

it('all that failed or was cut off half-way is processed, without Stripe having to know it still', async () => {
  const failed = await take('customer.subscription.updated', { isBroken: true });
  const cutOff = await take('invoice.paid', { isBroken: true });
  await db().stripeEvent.update({ where: { id: cutOff }, data: { status: 'received' } });
  const { code, out } = await command('--failed', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).events).toEqual(
    expect.arrayContaining([
      { id: failed, type: 'customer.subscription.updated', status: 'processed', error: null },
      { id: cutOff, type: 'invoice.paid', status: 'processed', error: null },
    ]),
  );
  expect(await db().invoice.count({ where: { customerId: subscriber.customer } })).toBe(1);
});

it('one that fails again says why, and the command ends with 1; also when it was processed before', async () => {
  const { id } = await newestEvent();
  await replayed([id]);
  await breakStripe({ on: 'GET /v1/subscriptions', kind: '500' });
  await breakStripe({ on: 'GET /v1/invoices', kind: '500' });
  await breakStripe({ on: 'GET /v1/customers/:id', kind: '500' });
  const { code, out } = await command(id);
  expect(code).toBe(1);
  expect(out).toMatch(new RegExp(`^${id} [\\w.]+: failed \\(.+\\)\n1 replayed, 1 failed.\n$`));
  expect(await recorded(id)).toMatchObject({ status: 'processed' });
});

it('one that neither we nor Stripe have says so, and what to do instead', async () => {
  const { code, out } = await command('evt_long_gone');
  expect(code).toBe(1);
  expect(out).toContain('evt_long_gone unknown: failed (Neither we nor Stripe');
  expect(out).toContain('reconcile its customer instead');
});

it('those about strangers stay ignored, with their reason', async () => {
  const { id } = await stripe().customers.create({ email: 'stranger@example.com' });
  const event = await newestEvent();
  expect(await replayed([event.id])).toMatchObject([
    { status: 'ignored', error: `${id} is not a customer of ours` },
  ]);
});

it('those since a time are Stripe’s and, when it has forgotten them, our own', async () => {
  const old = await take('customer.subscription.updated', { isBroken: true });
  const { id } = await newestEvent();
  const all: Replayed[] = [];
  await replaySince(new Date(Date.now() - 60 * 60 * 1000), (event) => all.push(event));
  const status = new Map(all.map((event) => [event.id, event.status]));
  expect(status.get(old)).toBe('processed');
  expect(status.get(id)).toBe('processed');
  expect(all.length).toBe(status.size);
});

async function replayed(ids: string[]): Promise<Replayed[]> {
  const events: Replayed[] = [];
  await replayEvents(ids, (event) => events.push(event));
  return events;
}

/** Records an event that Stripe does not list, and that fails for now. */
async function take(type: string, { isBroken }: { isBroken: boolean }): Promise<string> {
  const { customer } = subscriber;
  const id = `evt_${randomUUID()}`;
  if (isBroken) await breakStripe({ on: '*', kind: '500' });
  const resource = type.startsWith('invoice') ? 'invoices' : 'subscriptions';
  await expect(
    processEvent({
      id,
      type,
      livemode: false,
      createdAt: new Date(),
      customerId: customer,
      resource,
      account: null,
      payment: null,
      isNewCard: false,
      isThin: false,
    }),
  ).rejects.toThrow();
  await mendStripe();
  return id;
}

async function newestEvent() {
  const { data } = await stripe().events.list({ limit: 1 });
  if (!data[0]) throw new Error('Stripe has no event.');
  return data[0];
}

function recorded(id: string) {
  return db().stripeEvent.findUnique({ where: { id } });
}

function subscriptionHeld() {
  return db().subscription.findUnique({ where: { id: subscriber.subscription.id } });
}
