import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { seconds } from '../../test/objects';

const running = emulatorForTests();

async function subscribe() {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = (await running.recurringPrice()).id;
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
  return { clock, customer, id, price };
}

const later = seconds('2027-06-01T00:00:00Z');

test.each<[string, Stripe.SubscriptionUpdateParams, string]>([
  [
    'a date and the end of the period',
    { cancel_at: later, cancel_at_period_end: true },
    'cancel_at',
  ],
  [
    'a note with a change that waits for its payment',
    { description: 'x', payment_behavior: 'pending_if_incomplete' },
    'description',
  ],
])('a change is refused for %s', async (_case, change, param) => {
  const { id } = await subscribe();
  await expect(running.stripe.subscriptions.update(id, change)).rejects.toMatchObject({
    statusCode: 400,
    param,
  });
});

test.each<[string, Partial<Stripe.SubscriptionCreateParams>, string]>([
  [
    'a payment behavior of changes',
    { payment_behavior: 'pending_if_incomplete' },
    'payment_behavior',
  ],
  ['a beginning in the future', { backdate_start_date: later }, 'backdate_start_date'],
])('a new one is refused for %s', async (_case, params, param) => {
  const { customer, price } = await subscribe();
  await expect(
    running.stripe.subscriptions.create({ customer, items: [{ price }], ...params }),
  ).rejects.toMatchObject({ statusCode: 400, param });
});

test('lists leave out what is on test clocks, unless a clock or a customer is named', async () => {
  const { stripe } = running;
  const { clock, customer, id, price } = await subscribe();
  const ids = async (params: Stripe.SubscriptionListParams) =>
    (await stripe.subscriptions.list(params)).data.map((subscription) => subscription.id);
  expect(await ids({ test_clock: clock })).toEqual([id]);
  expect(await ids({ customer })).toEqual([id]);
  expect(await ids({ price })).toEqual([]);
  const customers = async (params: Stripe.CustomerListParams) =>
    (await stripe.customers.list(params)).data.map((each) => each.id);
  expect(await customers({ test_clock: clock })).toEqual([customer]);
  expect(await customers({ limit: 100 })).not.toContain(customer);
});

test('an empty default payment method gives way to that of the customer', async () => {
  const { stripe } = running;
  const { customer, id } = await subscribe();
  const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  await stripe.subscriptions.update(id, { default_payment_method: card.id });
  const cleared = await stripe.subscriptions.update(id, { default_payment_method: '' });
  expect(cleared.default_payment_method).toBeNull();
});

test('payment settings are kept as they are given', async () => {
  const { stripe } = running;
  const { customer, id } = await subscribe();
  const changed = await stripe.subscriptions.update(id, {
    payment_settings: {
      payment_method_types: ['card'],
      save_default_payment_method: 'on_subscription',
    },
  });
  const settings = { payment_method_types: ['card'], payment_method_options: null };
  expect(changed.payment_settings).toEqual({
    ...settings,
    save_default_payment_method: 'on_subscription',
  });
  const invoice = await stripe.invoices.create({
    customer,
    payment_settings: { payment_method_types: ['card'] },
    rendering: { pdf: { page_size: 'a4' } },
    shipping_details: { name: 'Jenny', address: { country: 'US' } },
  });
  expect(invoice).toMatchObject({
    payment_settings: settings,
    rendering: { pdf: { page_size: 'a4' }, template: null },
    shipping_details: { name: 'Jenny', address: { country: 'US', city: null } },
  });
});
