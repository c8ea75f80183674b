import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

const DAY = 86_400;

describe('billing cycles', () => {
  test.each([
    ['day', 1, '2028-02-28T12:00:00Z', '2028-02-29T12:00:00Z', 1],
    ['week', 2, '2028-02-28T12:00:00Z', '2028-03-13T12:00:00Z', 14],
    ['year', 1, '2028-02-29T12:00:00Z', '2029-02-28T12:00:00Z', 365],
    ['month', 3, '2027-11-30T12:00:00Z', '2028-02-29T12:00:00Z', 91],
  ] as const)(
    'every %s × %i from %s ends on %s',
    async (interval, interval_count, at, end, days) => {
      const { stripe } = running;
      const { customer } = await running.customerOnClock({ at });
      const price = await stripe.prices.create({
        currency: 'usd',
        unit_amount: 900,
        recurring: { interval, interval_count },
        product_data: { name: 'Odd' },
      });
      const { items } = await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
      });
      const item = present(items.data[0]);
      expect(item.current_period_end).toBe(seconds(end));
      expect((item.current_period_end - item.current_period_start) / DAY).toBe(days);
    },
  );

  test('an anchor in the future bills the time up to it, then whole months', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-16T00:00:00Z' });
    const price = await running.recurringPrice();
    const { id, latest_invoice, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      billing_cycle_anchor: seconds('2027-05-01T00:00:00Z'),
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({ total: 1000, status: 'paid' });
    expect(items.data[0]?.current_period_end).toBe(seconds('2027-05-01T00:00:00Z'));
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(renewed.latest_invoice).toMatchObject({ total: 2000 });
  });

  test('an anchor pattern finds the next first of the month', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-04-16T08:00:00Z' });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      billing_cycle_anchor_config: { day_of_month: 1, hour: 0, minute: 0, second: 0 },
      proration_behavior: 'none',
      expand: ['latest_invoice'],
    });
    expect(subscription).toMatchObject({
      status: 'active',
      billing_cycle_anchor: seconds('2027-05-01T00:00:00Z'),
      latest_invoice: { total: 0 },
    });
  });

  test('a month and a year on one flexible subscription are billed each in its time', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const monthly = await running.recurringPrice({ amount: 1000 });
    const yearly = await running.recurringPrice({ amount: 9000, interval: 'year' });
    const { id, latest_invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: monthly.id }, { price: yearly.id }],
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({ total: 10_000 });
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(renewed.latest_invoice).toMatchObject({ total: 1000 });
    await expect(
      stripe.subscriptions.create({
        customer,
        items: [{ price: monthly.id }, { price: yearly.id }],
        billing_mode: { type: 'classic' },
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  test('an item added and one removed are billed for their part of the month', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const [base, extra] = [
      await running.recurringPrice(),
      await running.recurringPrice({ amount: 600 }),
    ];
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: base.id }] });
    await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
    const added = await stripe.subscriptionItems.create({
      subscription: id,
      price: extra.id,
      proration_behavior: 'always_invoice',
    });
    const first = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(first.latest_invoice).toMatchObject({ total: 300 });
    await running.advance(clock, seconds('2027-04-21T00:00:00Z'));
    await stripe.subscriptionItems.del(added.id, { proration_behavior: 'always_invoice' });
    const second = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(second.latest_invoice).toMatchObject({ total: -200 });
    const [line] = (await stripe.invoices.retrieve(idOf(second.latest_invoice))).lines.data;
    expect(line?.parent?.subscription_item_details).toMatchObject({
      proration: true,
      proration_details: { credited_items: { invoice: idOf(first.latest_invoice) } },
    });
    expect((await stripe.subscriptionItems.list({ subscription: id })).data).toHaveLength(1);
  });

  test('a yearly subscription moved to the month at its end starts monthly without a gap', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const monthly = await running.recurringPrice({ amount: 1000 });
    const yearly = await running.recurringPrice({ amount: 9000, interval: 'year' });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: yearly.id }],
    });
    await stripe.subscriptions.update(id, {
      items: [{ id: present(items.data[0]).id, price: monthly.id }],
      proration_behavior: 'none',
    });
    await running.advance(clock, seconds('2028-04-01T02:00:00Z'));
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(renewed.latest_invoice).toMatchObject({ total: 1000, status: 'paid' });
    expect(renewed.items.data[0]).toMatchObject({
      current_period_start: seconds('2028-04-01T00:00:00Z'),
      current_period_end: seconds('2028-05-01T00:00:00Z'),
    });
  });

  test('a planned subscription begins on its day', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      start_date: seconds('2027-04-10T00:00:00Z'),
      end_behavior: 'cancel',
      phases: [
        { items: [{ price: price.id }], duration: { interval: 'month', interval_count: 2 } },
      ],
    });
    expect(schedule).toMatchObject({ status: 'not_started', subscription: null });
    await running.advance(clock, seconds('2027-04-10T00:00:00Z'));
    const begun = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(begun.status).toBe('active');
    await running.advance(clock, seconds('2027-06-11T00:00:00Z'));
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe('completed');
    expect((await stripe.subscriptions.retrieve(idOf(begun.subscription))).status).toBe('canceled');
  });

  test('a paused schedule resumes by itself', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await stripe.subscriptionSchedules.create({
      from_subscription: id,
      pause_schedules: [
        {
          pause: { pause_at: { type: 'now' } },
          resume: {
            resume_at: { type: 'duration', duration: { interval: 'week', interval_count: 2 } },
          },
        },
      ],
    });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('paused');
    await running.advance(clock, seconds('2027-04-15T00:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  test('a clock that is behind its target refuses to go back and tells when it is ready', async () => {
    const { stripe } = running;
    const clock = await stripe.testHelpers.testClocks.create({
      frozen_time: seconds('2027-04-01T00:00:00Z'),
      name: 'Spring',
    });
    await expect(
      stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: clock.frozen_time }),
    ).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
    const moving = await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: clock.frozen_time + DAY,
    });
    expect(moving).toMatchObject({
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: clock.frozen_time + DAY } },
    });
    await expect
      .poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status)
      .toBe('ready');
    const { data } = await stripe.events.list({ limit: 2 });
    expect(data.map((event) => event.type)).toEqual([
      'test_helpers.test_clock.ready',
      'test_helpers.test_clock.advancing',
    ]);
    expect(await stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ deleted: true });
  });
});
