import { expect, it, vi } from 'vitest';
import { createSubscriber, passTime, requestsDuring } from '@/test/support/integration';
import { yearly } from '@/test/support/plans';
import { giveCard } from '@/test/support/subscribers';
import { db } from '../../db';
import { catalogueId } from '../catalogue-objects';
import { syncCustomer } from '../mirror/sync';
import { failureOf } from '../payment-failure';
import { stripe } from '../stripe';
import { readEvent } from './event';
import { withCustomer } from './event-owner';
import { putNewCardToUse } from './new-card';
import { processEvent } from './receive';

type Person = Awaited<ReturnType<typeof createSubscriber>>;

/** Brings every event about a customer, each twice at once. */
async function bringEvents({ customer }: Person): Promise<void> {
  const events = await stripe().events.list({ limit: 100 });
  for (const event of events.data.toReversed()) {
    const facts = readEvent(event);
    if (!facts || (await withCustomer(facts)).customerId !== customer) continue;
    await Promise.all([processEvent(facts), processEvent(facts)]);
  }
}

/** Somebody whose renewal was refused, charged to a card of the subscription's own. */
async function overdue(card: string): Promise<Person> {
  const person = await createSubscriber();
  const { id } = await stripe().paymentMethods.attach(card, { customer: person.customer });
  await stripe().subscriptions.update(person.subscription.id, { default_payment_method: id });
  await passTime({ months: 1 });
  await passTime({ days: 1 });
  await bringEvents(person);
  expect(await statusOf(person)).toBe('past_due');
  return person;
}

async function statusOf({ subscription }: Person): Promise<string> {
  const row = await db().subscription.findUniqueOrThrow({ where: { id: subscription.id } });
  return row.status;
}

function newestInvoice({ customer }: Person) {
  return db().invoice.findFirstOrThrow({
    where: { customerId: customer },
    orderBy: { createdAt: 'desc' },
  });
}

async function payments(action: () => Promise<unknown>): Promise<number[]> {
  const asked = await requestsDuring(action);
  return asked.filter(({ path }) => path.endsWith('/pay')).map(({ status }) => status);
}

it('a new default card pays what is open, and is where Stripe looks first from then on', async () => {
  const person = await overdue('pm_card_chargeCustomerFail');
  const invoice = await newestInvoice(person);
  expect(failureOf(invoice)).toMatchObject({ code: 'generic_decline', last4: '0341' });
  const card = await giveCard(person.customer, 'pm_card_mastercard');
  const paid = await payments(() => bringEvents(person));
  expect(new Set(paid)).toEqual(new Set([200]));
  await bringEvents(person);
  expect(await statusOf(person)).toBe('active');
  expect(await newestInvoice(person)).toMatchObject({ status: 'paid', failure: null });
  const now = await stripe().subscriptions.retrieve(person.subscription.id);
  expect(now.default_payment_method).toBe(card);
  const charges = await stripe().charges.list({ customer: person.customer });
  expect(charges.data.filter(({ payment_method }) => payment_method === card)).toHaveLength(1);
});

it('a new card that is declined is tried once, and the mirror says why', async () => {
  const person = await overdue('pm_card_authenticationRequired');
  expect(failureOf(await newestInvoice(person))?.code).toBe('authentication_required');
  const card = await giveCard(person.customer, 'pm_card_chargeCustomerFail');
  await bringEvents(person);
  await bringEvents(person);
  expect(await statusOf(person)).toBe('past_due');
  expect(failureOf(await newestInvoice(person))).toMatchObject({ methodId: card });
  const charges = await stripe().charges.list({ customer: person.customer });
  expect(charges.data.filter(({ payment_method }) => payment_method === card)).toHaveLength(1);
});

it('a change of address makes nothing be charged', async () => {
  const person = await overdue('pm_card_chargeCustomerFail');
  await stripe().customers.update(person.customer, { address: { country: 'DE' } });
  expect(await payments(() => bringEvents(person))).toEqual([]);
  expect(await statusOf(person)).toBe('past_due');
});

it('a dispute, which names no customer, is mirrored until it is decided, as is a refund', async () => {
  const person = await createSubscriber();
  const card = await giveCard(person.customer, 'pm_card_createDispute');
  await passTime({ months: 1 });
  await passTime({ days: 1 });
  await bringEvents(person);
  const invoice = await newestInvoice(person);
  expect(invoice).toMatchObject({ status: 'paid', disputeStatus: 'needs_response' });
  const disputes = await stripe().disputes.list({ limit: 1 });
  expect((await stripe().charges.list({ customer: person.customer })).data[0]).toMatchObject({
    payment_method: card,
    id: disputes.data[0]?.charge,
  });
  await stripe().disputes.close(disputes.data[0]?.id ?? '');
  await bringEvents(person);
  expect(await newestInvoice(person)).toMatchObject({ disputeStatus: 'lost' });
  const [, first] = (await stripe().charges.list({ customer: person.customer })).data;
  await stripe().refunds.create({ charge: first?.id, amount: 300 });
  await bringEvents(person);
  const rows = await db().invoice.findMany({ where: { customerId: person.customer } });
  expect(rows.map(({ amountRefunded }) => Number(amountRefunded)).toSorted()).toEqual([0, 300]);
});

it('what a card fails to pay that became the default meanwhile is not paid with the one before', async () => {
  const person = await createSubscriber();
  const { customer, subscription } = person;
  const { customers, subscriptions } = stripe();
  const retrieve = customers.retrieve.bind(customers);
  const read = vi.spyOn(customers, 'retrieve').mockImplementationOnce(async (...asked) => {
    const known = await retrieve(...asked);
    await giveCard(customer, 'pm_card_chargeCustomerFail');
    await subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id, price: await catalogueId(yearly) }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'allow_incomplete',
    });
    await syncCustomer(customer);
    return known;
  });
  expect(await payments(() => putNewCardToUse(customer))).toEqual([]);
  read.mockRestore();
  expect(await statusOf(person)).toBe('past_due');
});
