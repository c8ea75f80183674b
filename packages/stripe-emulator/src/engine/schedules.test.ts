import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();
const MONTH = { interval: 'month', interval_count: 1 } as const;

describe('a schedule', () => {
  test('begins a subscription with what its first phase and its settings say', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({
      at: '2027-04-01T00:00:00Z',
      card: null,
    });
    const price = await running.recurringPrice({ amount: 1000 });
    const setup = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      product_data: { name: 'Setup' },
    });
    const half = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      start_date: 'now',
      default_settings: {
        collection_method: 'send_invoice',
        description: 'By contract',
        invoice_settings: { days_until_due: 14 },
      },
      phases: [
        {
          add_invoice_items: [{ price: setup.id }],
          discounts: [{ coupon: half.id }],
          duration: MONTH,
          items: [{ price: price.id, quantity: 2 }],
          metadata: { contract: '7' },
        },
      ],
    });
    expect(schedule).toMatchObject({
      status: 'active',
      default_settings: {
        collection_method: 'send_invoice',
        invoice_settings: { days_until_due: 14 },
      },
      phases: [{ add_invoice_items: [{ price: setup.id, quantity: 1 }] }],
    });
    const id = idOf(schedule.subscription);
    const begun = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(begun).toMatchObject({
      collection_method: 'send_invoice',
      days_until_due: 14,
      description: 'By contract',
      metadata: { contract: '7' },
      schedule: schedule.id,
      status: 'active',
      latest_invoice: { status: 'draft', subtotal: 2500, total: 1250 },
    });
    await running.advance(clock, seconds('2027-04-01T01:00:00Z'));
    expect(await stripe.invoices.retrieve(idOf(begun.latest_invoice))).toMatchObject({
      status: 'open',
    });
  });

  test('that is changed in its running phase changes the subscription now', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const [small, large] = [
      await running.recurringPrice(),
      await running.recurringPrice({ amount: 5000 }),
    ];
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const { end_date, start_date } = present(schedule.phases[0]);
    await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
    await stripe.subscriptionSchedules.update(schedule.id, {
      proration_behavior: 'always_invoice',
      phases: [{ items: [{ price: large.id, quantity: 1 }], start_date, end_date }],
    });
    const changed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(changed).toMatchObject({
      items: { data: [{ price: { id: large.id } }] },
      latest_invoice: { status: 'paid', total: 1500 },
    });
  });

  test('alone says when its subscription ends', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    for (const change of [
      { cancel_at_period_end: true },
      { cancel_at: 'max_period_end' },
    ] as const) {
      await expect(stripe.subscriptions.update(id, change)).rejects.toMatchObject({
        statusCode: 400,
        message: expect.stringContaining(schedule.id),
      });
    }
    await stripe.subscriptionSchedules.release(schedule.id);
    const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(ending.cancel_at_period_end).toBe(true);
  });
});
