import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createUser, currency, dearerPlan, plan } from '@/test/support/integration';
import { findBillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { ensureCustomer } from './customer';
import { syncCustomer } from './mirror/sync';
import { billingOverview } from './overview';
import { currencies, lookupKey } from './plans';
import { stripe } from './stripe';
import { subscribeAgain } from './subscribe-again';

const seats = dearerPlan.seats?.max ?? 1;

it.each(currencies)(
  'begins the same again at once, in %s, with the card that the plan was paid with',
  async (code) => {
    const { user, customer } = await formerSubscriber({ code });
    // Checkout leaves the card with the subscription.
    expect((await billingOverview(user)).card).toMatchObject({ brand: 'visa' });
    expect(await subscribeAgain(await findBillingAccount(user.id))).toEqual({
      notice: 'subscribed',
    });
    const [invoice] = (await stripe().invoices.list({ customer, limit: 1 })).data;
    const amount_paid = dearerPlan.prices.year[code] * seats;
    expect(invoice).toMatchObject({ currency: code, amount_paid, status: 'paid' });
    expect((await billingOverview(user)).subscription).toMatchObject({
      status: 'active',
      plan: dearerPlan,
      interval: 'year',
      quantity: seats,
    });
  },
);

it('shows the card on file also when only the customer was read', async () => {
  const { user, customer } = await formerSubscriber({});
  await db().customer.update({ where: { id: customer }, data: { cardBrand: null } });
  await syncCustomer(customer, { resources: ['customer'] });
  expect((await billingOverview(user)).card).toMatchObject({ brand: 'visa' });
});

it('of several clicks at once, and of one after them, makes one subscription', async () => {
  const { user, customer } = await formerSubscriber({});
  const account = await findBillingAccount(user.id);
  const clicks = await Promise.all([1, 2, 3].map(() => subscribeAgain(account)));
  expect(clicks).toEqual(Array(3).fill({ notice: 'subscribed' }));
  expect((await stripe().subscriptions.list({ customer })).data).toHaveLength(1);
  const later = await findBillingAccount(user.id);
  await expect(subscribeAgain(later)).rejects.toMatchObject({ problem: 'already-subscribed' });
});

it.each(['pm_card_authenticationRequired', 'pm_card_chargeCustomerFail'])(
  'leads to the page that completes a payment with %s, however often it is asked for',
  async (card) => {
    const { user, customer } = await formerSubscriber({ card });
    const first = await subscribeAgain(await findBillingAccount(user.id));
    expect(first).toEqual({ pay: expect.stringMatching(/^https?:/) });
    expect(await subscribeAgain(await findBillingAccount(user.id))).toEqual(first);
    expect((await stripe().subscriptions.list({ customer })).data).toMatchObject([
      { status: 'incomplete' },
    ]);
  },
);

it('closes a Checkout page that is open, so that it cannot be paid as well', async () => {
  const { user, customer } = await formerSubscriber({});
  const { id } = await stripe().checkout.sessions.create({
    mode: 'subscription',
    customer,
    success_url: 'http://localhost/',
    line_items: [{ price: await catalogueId(lookupKey(plan, 'month')), quantity: 1 }],
  });
  await subscribeAgain(await findBillingAccount(user.id));
  expect(await stripe().checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired' });
});

it('asks for a card where none is left', async () => {
  const { user, customer } = await formerSubscriber({});
  for (const { id } of (await stripe().customers.listPaymentMethods(customer)).data) {
    await stripe().paymentMethods.detach(id);
  }
  await expect(subscribeAgain(await findBillingAccount(user.id))).rejects.toMatchObject({
    problem: 'no-card',
  });
  await syncCustomer(customer);
  expect((await billingOverview(user)).card).toBeNull();
});

/** Somebody who bought as Checkout sells, and whose plan has ended. */
async function formerSubscriber({ code = currency, card }: { code?: string; card?: string }) {
  const { id } = await createUser();
  const customer = await ensureCustomer(await findBillingAccount(id));
  const paid = await stripe().paymentMethods.attach('pm_card_visa', { customer });
  const subscription = await stripe().subscriptions.create({
    customer,
    currency: code,
    default_payment_method: paid.id,
    items: [{ price: await catalogueId(lookupKey(dearerPlan, 'year')), quantity: seats }],
  });
  if (card) {
    const other = await stripe().paymentMethods.attach(card, { customer });
    await stripe().subscriptions.update(subscription.id, { default_payment_method: other.id });
  }
  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  return { user: await findBillingAccount(id), customer };
}
