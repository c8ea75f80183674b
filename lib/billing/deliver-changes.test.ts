import { afterEach, expect, it } from 'vitest';
import { createSubscriber, dearerPlan } from '@/test/support/integration';
import { db } from '../db';
import { catalogueId } from './catalogue-objects';
import { type BillingChange, changeHandlers, onChange } from './changes';
import { deliverChanges, deliverLeftChanges } from './deliver-changes';
import { syncCustomer } from './mirror/sync';
import { lookupKey } from './plans';
import { stripe } from './stripe';

afterEach(() => changeHandlers().clear());

/** Collects what is told about one customer. */
function listen(customer: string, name = 'test') {
  const told: BillingChange[] = [];
  onChange(name, async (change) => {
    if (change.customerId === customer) told.push(change);
  });
  return told;
}

const kindsOf = (changes: BillingChange[]) => changes.map(({ kind }) => kind);

async function deliverAll(customer: string) {
  await expect
    .poll(async () => {
      await deliverChanges(customer);
      return db().mirrorChange.count({ where: { customerId: customer, deliveredAt: null } });
    })
    .toBe(0);
}

it('tells what happened, in its order and once, with what was before and after', async () => {
  const { customer, subscription, user } = await createSubscriber();
  const told = listen(customer);
  await syncCustomer(customer);
  await stripe().subscriptions.update(subscription.id, {
    items: [
      {
        id: subscription.items.data[0]?.id,
        price: await catalogueId(lookupKey(dearerPlan, 'month')),
      },
    ],
  });
  await syncCustomer(customer, { resources: ['subscriptions'] });
  await syncCustomer(customer, { resources: ['subscriptions'] });
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer, { resources: ['subscriptions'] });
  await deliverAll(customer);
  await deliverChanges(customer);
  expect(kindsOf(told).sort()).toEqual(['ended', 'paid', 'subscribed', 'upgraded']);
  expect(kindsOf(told).filter((kind) => kind !== 'paid')).toEqual([
    'subscribed',
    'upgraded',
    'ended',
  ]);
  expect(told.find(({ kind }) => kind === 'upgraded')).toMatchObject({
    userId: user.id,
    before: { id: subscription.id, status: 'active' },
    after: { id: subscription.id, plan: dearerPlan.name },
  });
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
});

it('records nothing of what was before this installation knew the customer', async () => {
  const { customer } = await createSubscriber();
  await syncCustomer(customer, { asHistory: true });
  expect(await db().subscription.count({ where: { customerId: customer } })).toBe(1);
  expect(await db().mirrorChange.count({ where: { customerId: customer } })).toBe(0);
});

it('tells each change once, to two workers at the same time', async () => {
  const { customer } = await createSubscriber();
  await syncCustomer(customer);
  const told = listen(customer);
  await Promise.all([1, 2, 3, 4].map(() => deliverChanges(customer)));
  await deliverAll(customer);
  expect(kindsOf(told).sort()).toEqual(['paid', 'subscribed']);
});

it('without a handler it leaves the changes to a process that has some', async () => {
  const { customer } = await createSubscriber();
  await syncCustomer(customer);
  await deliverChanges(customer);
  const told = listen(customer);
  await deliverAll(customer);
  expect(told.length).toBe(2);
});

it('a handler that throws is called again later, before what came after, and others are not', async () => {
  const { customer, subscription } = await createSubscriber();
  await syncCustomer(customer, { resources: ['subscriptions'] });
  const first = listen(customer, 'first');
  const second: BillingChange[] = [];
  let isBroken = true;
  onChange('second', async (change) => {
    if (change.customerId !== customer) return;
    if (isBroken) throw new Error('It is down.');
    second.push(change);
  });
  await deliverChanges(customer);
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer, { resources: ['subscriptions'] });
  const [oldest] = await db().mirrorChange.findMany({
    where: { customerId: customer },
    orderBy: { id: 'asc' },
  });
  expect(oldest).toMatchObject({ deliveredAt: null, attempts: 1, lastError: 'It is down.' });
  expect(kindsOf(first)).toEqual(['subscribed']);

  isBroken = false;
  await letItBeDue(customer);
  await deliverLeftChanges();
  expect(kindsOf(first)).toEqual(['subscribed', 'ended']);
  expect(kindsOf(second)).toEqual(['subscribed', 'ended']);
});

it('when the process dies between the work and its note, the same change comes again', async () => {
  const { customer } = await createSubscriber();
  await syncCustomer(customer, { resources: ['subscriptions'] });
  const told = listen(customer);
  await db().$executeRaw`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the process died'; END $$`;
  await db().$executeRaw`
    CREATE TRIGGER die BEFORE UPDATE OF told, "deliveredAt", "lastError" ON "MirrorChange"
    FOR EACH ROW EXECUTE FUNCTION die()`;
  await deliverChanges(customer).finally(() => db().$executeRaw`DROP FUNCTION die CASCADE`);
  await deliverLeftChanges();
  expect(kindsOf(told)).toEqual(['subscribed']);
  await letItBeDue(customer);
  await deliverLeftChanges();
  expect(kindsOf(told)).toEqual(['subscribed', 'subscribed']);
  expect(told[0]?.id).toBe(told[1]?.id);
});

it('announces the end of a trial once, however often Stripe does', async () => {
  const { customer, subscription } = await createSubscriber();
  const trial = Math.floor(Date.now() / 1000) + 2 * 24 * 60 * 60;
  await stripe().subscriptions.update(subscription.id, { trial_end: trial });
  const told = listen(customer);
  const recordEvents = async () => {
    const events = await stripe().events.list({
      type: 'customer.subscription.trial_will_end',
    });
    // Another test's events are listed, too.
    return events.data.flatMap(({ id, data: { object } }) =>
      'customer' in object && object.customer === customer ? id : [],
    );
  };
  const events = await recordEvents();
  await db().stripeEvent.createMany({
    data: events.map((id) => ({
      id,
      type: 'customer.subscription.trial_will_end',
      status: 'received',
      customerId: customer,
      livemode: false,
      createdAt: new Date(),
    })),
  });
  await syncCustomer(customer, { events });
  await syncCustomer(customer, { events });
  await deliverAll(customer);
  expect(kindsOf(told).filter((kind) => kind === 'trial_ending')).toEqual(['trial_ending']);
});

/** As if the time to the next attempt had passed. */
async function letItBeDue(customer: string) {
  await db().mirrorChange.updateMany({
    where: { customerId: customer },
    data: { dueAt: new Date(0) },
  });
}
