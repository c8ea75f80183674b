import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

async function subscribed() {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = await running.recurringPrice();
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
  });
  await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
  return {
    customer,
    id: subscription.id,
    item: present(subscription.items.data[0]).id,
    product: idOf(price.product),
  };
}

describe('previews', () => {
  test('show the renewal as a draft without number, payment or page', async () => {
    const { stripe } = running;
    const { customer, id } = await subscribed();
    expect(await stripe.invoices.createPreview({ customer, subscription: id })).toMatchObject({
      id: expect.stringMatching(/^upcoming_in_/),
      status: 'draft',
      billing_reason: 'upcoming',
      number: null,
      hosted_invoice_url: null,
      total: 2000,
      amount_paid: 0,
      period_end: seconds('2027-05-01T00:00:00Z'),
    });
  });

  test('of a subscription to come show its first invoice and leave nothing', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const price = await running.recurringPrice({ amount: 700 });
    const before = (await running.eventTypes()).length;
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription_details: { items: [{ price: price.id, quantity: 2 }] },
    });
    expect(preview.total).toBe(1400);
    expect((await running.eventTypes()).length).toBe(before);
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
  });

  test('of canceling now show the credit', async () => {
    const { stripe } = running;
    const { id } = await subscribed();
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { cancel_now: true },
    });
    expect(preview.total).toBe(-1000);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  test('take extra items and inline prices without keeping them', async () => {
    const { stripe } = running;
    const { customer, id, item, product } = await subscribed();
    const prices = (await stripe.prices.list({ product })).data.length;
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription: id,
      invoice_items: [
        { amount: 250, currency: 'usd', description: 'Setup' },
        { price_data: { currency: 'usd', product, unit_amount: 100 }, quantity: 3 },
      ],
      subscription_details: { items: [{ id: item, quantity: 2 }], proration_behavior: 'none' },
    });
    expect(preview.lines.data.map((line) => line.amount)).toEqual([250, 300, 4000]);
    expect((await stripe.prices.list({ product })).data).toHaveLength(prices);
    expect((await stripe.invoiceItems.list({ customer })).data).toEqual([]);
  });

  test('say that nothing is to come when it is canceled or about to be', async () => {
    const { stripe } = running;
    const { id } = await subscribed();
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const none = { code: 'invoice_upcoming_none', statusCode: 400 };
    await expect(stripe.invoices.createPreview({ subscription: id })).rejects.toMatchObject(none);
    await stripe.subscriptions.cancel(id);
    await expect(stripe.invoices.createPreview({ subscription: id })).rejects.toMatchObject(none);
  });

  test('refuse what the change itself would refuse, by the names that the preview has', async () => {
    const { stripe } = running;
    const { id } = await subscribed();
    await expect(
      stripe.invoices.createPreview({
        subscription: id,
        subscription_details: { items: [{ id: 'si_none', quantity: 2 }] },
      }),
    ).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'subscription_details[items][0][id]',
    });
    const { customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    await expect(
      stripe.invoices.createPreview({
        customer,
        schedule_details: { phases: [{ items: [{ quantity: 2 }] }] },
      }),
    ).rejects.toMatchObject({
      message: 'Missing required param: schedule_details[phases][0][items][0][price].',
      param: 'schedule_details[phases][0][items][0][price]',
    });
  });

  test('shows what somebody who is no customer yet would pay', async () => {
    const { stripe } = running;
    const price = await running.recurringPrice({ amount: 2500 });
    const before = (await stripe.customers.list({ limit: 100 })).data.length;
    const preview = await stripe.invoices.createPreview({
      customer_details: { address: { country: 'US', postal_code: '94107' } },
      subscription_details: { items: [{ price: price.id, quantity: 2 }] },
    });
    expect(preview).toMatchObject({
      customer: null,
      customer_address: { country: 'US' },
      total: 5000,
    });
    expect((await stripe.customers.list({ limit: 100 })).data).toHaveLength(before);
  });

  test('shows the first invoice of a schedule, planned or only described, and the next phase', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({
      at: '2027-04-01T00:00:00Z',
      card: null,
    });
    const [small, large] = [
      await running.recurringPrice({ amount: 1000 }),
      await running.recurringPrice({ amount: 3000 }),
    ];
    const duration = { interval: 'month', interval_count: 1 } as const;
    const phases = [
      { items: [{ price: small.id }], duration },
      { items: [{ price: large.id }], duration },
    ];
    const described = await stripe.invoices.createPreview({
      customer,
      schedule_details: { phases },
    });
    expect(described.total).toBe(1000);
    const { id } = await stripe.subscriptionSchedules.create({
      customer,
      start_date: seconds('2027-04-10T00:00:00Z'),
      phases,
    });
    expect((await stripe.invoices.createPreview({ schedule: id })).total).toBe(1000);
    expect((await stripe.subscriptionSchedules.retrieve(id)).status).toBe('not_started');
    await running.advance(clock, seconds('2027-04-11T00:00:00Z'));
    expect((await stripe.invoices.createPreview({ schedule: id })).total).toBe(3000);
  });
});
