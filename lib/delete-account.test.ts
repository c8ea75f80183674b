import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import {
  breakStripe,
  createSubscriber,
  createUser,
  currency,
  mendStripe,
  monthly,
  plan,
} from '@/test/support/integration';
import { findBillingAccount } from './billing/account';
import { catalogueId } from './billing/catalogue-objects';
import { createCheckoutUrl } from './billing/checkout';
import { ensureCustomer } from './billing/customer';
import { syncCustomer } from './billing/mirror/sync';
import { reconcile } from './billing/repair/reconcile';
import { stripe } from './billing/stripe';
import type { EventFacts } from './billing/webhook/event';
import { processEvent } from './billing/webhook/receive';
import { db } from './db';
import { deleteAccount } from './delete-account';

it('ends the subscription at Stripe, and forgets the user with all that is theirs', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  await deleteAccount(user);
  expect(await db().user.count({ where: { id: user.id } })).toBe(0);
  expect(await db().customer.count({ where: { id: customer } })).toBe(0);
});

it('ends with an e-mail, of which nothing is kept, in the language of the person', async () => {
  const user = await createUser();
  await deleteAccount({ ...user, locale: 'de' });
  await expect.poll(async () => (await mailTo(user.email)).length).toBe(1);
  const [message] = await mailTo(user.email);
  expect(message?.subject).toMatch(/gelöscht$/);
  await expect.poll(() => db().mail.count({ where: { kind: 'goodbye' } })).toBe(0);
});

it('waits for whoever is writing what Stripe says of the customer, and neither breaks the other', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  const { id } = await db().invoice.findFirstOrThrow({ where: { customerId: customer } });
  let deletion: Promise<void> | undefined;
  // What the writer's one statement does, drawn out: the customer first, then rows that name the user.
  await db().$transaction(
    async (writer) => {
      await writer.customer.update({ where: { id: customer }, data: { cardLast4: '0000' } });
      deletion = deleteAccount(user);
      await sleep(1_500);
      await writer.$executeRaw`
        INSERT INTO "Invoice" SELECT (jsonb_populate_record(i, '{"id": "in_another"}')).*
        FROM "Invoice" i WHERE id = ${id}`;
    },
    { timeout: 20_000 },
  );
  await deletion;
  expect(await db().user.count({ where: { id: user.id } })).toBe(0);
  expect(await db().invoice.count({ where: { id: 'in_another' } })).toBe(0);
});

it('leaves an event that comes while the account is deleted as one of a stranger', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  const event = lateEvent(customer);
  let received: Promise<unknown> | undefined;
  await db().$transaction(
    async (deletion) => {
      await deletion.user.delete({ where: { id: user.id } });
      received = processEvent(event);
      await sleep(500);
    },
    { timeout: 20_000 },
  );
  await received;
  const { status } = await db().stripeEvent.findUniqueOrThrow({ where: { id: event.id } });
  expect(status).toBe('ignored');
});

it('closes a Checkout page that is opened while the account is being deleted', async () => {
  const user = await createUser();
  await ensureCustomer(user);
  const account = await findBillingAccount(user.id);
  await deleteAccount(account);
  await expect(
    createCheckoutUrl(account, { plan, interval: 'month', currency, seats: 1 }, null),
  ).rejects.toMatchObject({
    problem: 'account-deleted',
  });
  const { data } = await stripe().checkout.sessions.list({ customer: account.customer ?? '' });
  expect(data.map(({ status }) => status)).toEqual(['expired']);
});

it('sells again after a deletion that Stripe did not let through', async () => {
  const { user, customer } = await createSubscriber();
  await breakStripe({ on: 'GET /v1/customers/:id', kind: '500', times: 3 });
  await expect(deleteAccount(user)).rejects.toThrow();
  await mendStripe();
  const { deletingAt } = await db().billingAccount.findUniqueOrThrow({ where: { id: user.id } });
  expect(deletingAt).toBeNull();
  expect(await db().customer.count({ where: { id: customer } })).toBe(1);
});

it.each(['webhook', 'reconciler'])(
  'the %s cancels and refunds what is still paid for a deleted account',
  async (way) => {
    const { user, customer } = await createSubscriber();
    await deleteAccount(user);
    const subscription = await stripe().subscriptions.create({
      customer,
      items: [{ price: await catalogueId(monthly) }],
      expand: ['latest_invoice.payments'],
    });
    const event = lateEvent(customer);
    if (way === 'webhook') {
      await processEvent(event);
      await processEvent(event);
    } else {
      // The delivery failed, or never came: reconcile finds the event and tries it again.
      await breakStripe({ on: 'POST /v1/refunds', kind: '500', times: 3 });
      await expect(processEvent(event)).rejects.toThrow();
      await mendStripe();
      await reconcile({ fix: true, rate: 1_000 });
    }
    expect((await stripe().subscriptions.retrieve(subscription.id)).status).toBe('canceled');
    const { data } = await stripe().invoices.list({ customer, expand: ['data.payments'] });
    const intents = data.flatMap(({ payments }) =>
      (payments?.data ?? []).map(({ payment }) => String(payment.payment_intent)),
    );
    const refunds = await Promise.all(
      intents.map((payment_intent) => stripe().refunds.list({ payment_intent })),
    );
    // Two payments: the one before the deletion stands, the one after it is refunded, once.
    expect(refunds.map((list) => list.data.length).toSorted()).toEqual([0, 1]);
  },
);

function lateEvent(customer: string): EventFacts {
  return {
    id: `evt_late_${customer}`,
    type: 'customer.subscription.created',
    livemode: false,
    createdAt: new Date(),
    customerId: customer,
    resource: 'subscriptions',
    account: null,
    payment: null,
    isNewCard: false,
    isThin: false,
  };
}
