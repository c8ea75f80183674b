import Stripe from 'stripe';
import { startStripe } from 'stripe-emulator';
import { expect, test } from 'vitest';

test('a subscription renews after a month', async () => {
  const emulator = await startStripe({ port: 0, memory: true });
  const { hostname: host, port } = new URL(emulator.url);
  const stripe = new Stripe('sk_test_anything', { protocol: 'http', host, port });
  const card = { default_payment_method: 'pm_card_visa' };
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: card,
  });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1200,
    recurring: { interval: 'month' },
    product_data: { name: 'Pro' },
  });
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await emulator.advance({ months: 1, hours: 2 });
  const invoices = await stripe.invoices.list({ customer: customer.id });
  expect(invoices.data.map(({ status }) => status)).toEqual(['paid', 'paid']);
  await emulator.close();
});
