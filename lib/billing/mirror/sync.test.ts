import { describe, expect, it } from 'vitest';
import {
  answered,
  breakStripe,
  createSubscriber,
  currency,
  dearerPlan,
  forgetRequests,
  mendStripe,
} from '@/test/support/integration';
import { db } from '../../db';
import { billingOverview } from '../overview';
import { freePlan, lookupKey } from '../plans';
import { stripe } from '../stripe';
import { syncCustomer, syncRefusedCustomer } from './sync';

it('makes our database say what Stripe says', async () => {
  const price = dearerPlan.prices.year[currency];
  const { user, customer, subscription } = await createSubscriber(lookupKey(dearerPlan, 'year'));
  expect((await billingOverview(user)).plan.name).toBe(freePlan.name);

  expect(await syncCustomer(customer)).toMatchObject({
    subscriptions: [{ id: subscription.id }],
    invoices: [{ status: 'paid', total: price }],
  });

  const overview = await billingOverview(user);
  expect(overview).toMatchObject({
    plan: { name: dearerPlan.name },
    subscription: {
      id: subscription.id,
      status: 'active',
      unitAmount: price,
      currency,
      interval: 'year',
      endsAt: null,
    },
    card: { brand: 'visa', last4: '4242' },
  });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  expect(overview.subscription?.nextPayment).toEqual({ at: new Date(end * 1000), amount: price });
});

it('sees a cancellation that carries only a date, and one that carries only the flag', async () => {
  const dated = await createSubscriber();
  const end = dated.subscription.items.data[0]?.current_period_end ?? 0;
  await stripe().subscriptions.update(dated.subscription.id, { cancel_at: end });
  await syncCustomer(dated.customer);
  expect((await billingOverview(dated.user)).subscription).toMatchObject({
    status: 'active',
    nextPayment: null,
    endsAt: new Date(end * 1000),
  });

  const flagged = await createSubscriber();
  await stripe().subscriptions.update(flagged.subscription.id, { cancel_at_period_end: true });
  await syncCustomer(flagged.customer);
  expect((await billingOverview(flagged.user)).subscription?.endsAt).toBeInstanceOf(Date);
});

it('takes the plan away once the subscription has ended, and keeps the history', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  expect(await billingOverview(user)).toMatchObject({
    plan: { name: freePlan.name },
    subscription: { status: 'canceled' },
  });
  expect(await db().invoice.findMany({ where: { customerId: customer } })).toMatchObject([
    { status: 'paid' },
  ]);
});

it('never lets a slower, older read overwrite a newer one', async () => {
  const { user, customer, subscription } = await createSubscriber();
  // The old read has the subscriptions, and waits for the invoices while a newer one is written.
  await forgetRequests();
  await breakStripe({ on: 'GET /v1/invoices', kind: 'latency', ms: 1500, times: 1 });
  const old = syncCustomer(customer);
  await answered('/v1/subscriptions');
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  await old;
  expect((await billingOverview(user)).subscription?.status).toBe('canceled');
});

it('does nothing for a customer that is not ours', async () => {
  const stranger = await stripe().customers.create({ email: 'stranger@example.com' });
  expect(await syncCustomer(stranger.id)).toBeNull();
  expect(await db().customer.findUnique({ where: { id: stranger.id } })).toBeNull();
});

describe('a customer whom Stripe refused', () => {
  it('and deleted has ended, with its subscription and its history', async () => {
    const { user, customer, subscription } = await createSubscriber();
    await syncCustomer(customer);
    await stripe().customers.del(customer);
    expect(await syncRefusedCustomer(customer)).toBe(true);
    expect(await db().customer.findUnique({ where: { id: customer } })).toMatchObject({
      deleted: true,
      cardLast4: null,
    });
    expect(await billingOverview(user)).toMatchObject({
      plan: { name: freePlan.name },
      subscription: { id: subscription.id, status: 'canceled', endedAt: expect.any(Date) },
    });
    expect(await db().invoice.findMany({ where: { customerId: customer } })).toMatchObject([
      { status: 'paid' },
    ]);
  });

  it('and never had is gone, and what we know of it stays', async () => {
    const { user, customer } = await createSubscriber();
    await syncCustomer(customer);
    const id = `cus_of_another_account_${user.id}`;
    await db().customer.update({ where: { id: customer }, data: { id } });
    expect(await syncRefusedCustomer(id)).toBe(true);
    expect(await db().customer.findUnique({ where: { id } })).toMatchObject({ deleted: true });
    expect(await db().subscription.findFirst({ where: { customerId: id } })).toMatchObject({
      status: 'active',
      endedAt: null,
    });
  });

  it('and still has is not gone', async () => {
    const { customer } = await createSubscriber();
    expect(await syncRefusedCustomer(customer)).toBe(false);
    expect(await db().customer.findUnique({ where: { id: customer } })).toMatchObject({
      deleted: false,
    });
  });

  it('changes nothing while Stripe does not answer', async () => {
    const { customer } = await createSubscriber();
    await syncCustomer(customer);
    await breakStripe({ on: '*', kind: '500' });
    await expect(syncRefusedCustomer(customer)).rejects.toThrow();
    await mendStripe();
    expect(await db().customer.findUnique({ where: { id: customer } })).toMatchObject({
      deleted: false,
    });
  });
});
