import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

/** Two monthly plans, at 20 and at 50 dollars. */
function twoPlans() {
  return Promise.all([running.recurringPrice(), running.recurringPrice({ amount: 5000 })]);
}

/** A subscription that began on 1 April 2027 and stands in the middle of that month. */
async function midApril(price: string, options: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    ...options,
  });
  await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
  const item = present(subscription.items.data[0]).id;
  return { customer, clock, id: subscription.id, item };
}

function amounts(invoice: Stripe.Invoice): number[] {
  return invoice.lines.data.map((line) => line.amount);
}

describe('changing the plan', () => {
  test('create_prorations waits with credit and debit until the renewal', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item, clock } = await midApril(small.id);
    const before = await running.eventTypes(id);
    await stripe.subscriptions.update(id, { items: [{ id: item, price: large.id }] });
    expect((await running.eventTypes(id)).slice(before.length)).toEqual([
      'invoiceitem.created',
      'invoiceitem.created',
      'customer.subscription.updated',
    ]);
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const { latest_invoice } = await stripe.subscriptions.retrieve(id);
    const renewal = await stripe.invoices.retrieve(idOf(latest_invoice));
    expect(amounts(renewal)).toEqual([-1000, 2500, 5000]);
    expect(renewal).toMatchObject({ total: 6500, status: 'paid' });
  });

  test('always_invoice bills the difference now', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item } = await midApril(small.id);
    const changed = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(changed.latest_invoice).toMatchObject({
      total: 1500,
      status: 'paid',
      billing_reason: 'subscription_update',
    });
  });

  test('none changes the price and bills nothing', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item, customer } = await midApril(small.id);
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: 'none',
    });
    expect((await stripe.invoiceItems.list({ customer })).data).toEqual([]);
    const events = await stripe.events.list({ type: 'customer.subscription.updated', limit: 1 });
    const [event] = events.data;
    expect(event?.data.previous_attributes).toMatchObject({
      items: { data: [{ id: item, price: { id: small.id } }] },
    });
  });

  test('a downgrade leaves credit on the customer for the next invoice', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item, customer, clock } = await midApril(large.id);
    const changed = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: small.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(changed.latest_invoice).toMatchObject({ total: -1500, amount_due: 0, status: 'paid' });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1500 });
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const { latest_invoice } = await stripe.subscriptions.retrieve(id, {
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({ total: 2000, amount_due: 500, starting_balance: -1500 });
  });

  test('quantities are prorated by the item', async () => {
    const { stripe } = running;
    const price = await running.recurringPrice();
    const { id, item } = await midApril(price.id);
    await stripe.subscriptionItems.update(item, {
      quantity: 4,
      proration_behavior: 'always_invoice',
    });
    const { latest_invoice } = await stripe.subscriptions.retrieve(id, {
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({ total: 3000 });
  });

  test('a flexible change gives back what was billed, not what the price is now', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item } = await midApril(small.id);
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: 'none',
    });
    const back = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: small.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(back.latest_invoice).toMatchObject({ total: 0 });
  });

  test('a classic change from month to year starts a new cycle at once', async () => {
    const { stripe } = running;
    const price = await running.recurringPrice();
    const yearly = await running.recurringPrice({ amount: 20_000, interval: 'year' });
    const { id, item } = await midApril(price.id, { billing_mode: { type: 'classic' } });
    const changed = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: yearly.id }],
      expand: ['latest_invoice'],
    });
    expect(changed).toMatchObject({
      billing_cycle_anchor: seconds('2027-04-16T00:00:00Z'),
      latest_invoice: { total: 19_000, status: 'paid' },
    });
    expect(changed.items.data[0]?.current_period_end).toBe(seconds('2028-04-16T00:00:00Z'));
  });

  test('a flexible change from month to year keeps the anchor', async () => {
    const { stripe } = running;
    const price = await running.recurringPrice();
    const yearly = await running.recurringPrice({ amount: 36_600, interval: 'year' });
    const { id, item } = await midApril(price.id);
    const changed = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: yearly.id }],
      expand: ['latest_invoice'],
    });
    expect(changed.billing_cycle_anchor).toBe(seconds('2027-04-01T00:00:00Z'));
    expect(changed.items.data[0]?.current_period_end).toBe(seconds('2028-04-01T00:00:00Z'));
    expect(changed.latest_invoice).toMatchObject({ total: 35_100 - 1000 });
  });

  test('resetting the anchor bills a whole new period less the unused time', async () => {
    const { stripe } = running;
    const price = await running.recurringPrice();
    const { id } = await midApril(price.id);
    const changed = await stripe.subscriptions.update(id, {
      billing_cycle_anchor: { type: 'now' },
      expand: ['latest_invoice'],
    });
    expect(changed).toMatchObject({
      billing_cycle_anchor: seconds('2027-04-16T00:00:00Z'),
      latest_invoice: { total: 1000 },
    });
  });

  test('ending a trial now bills at once; changing the plan on trial bills nothing', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item } = await midApril(small.id, { trial_period_days: 30 });
    const switched = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: 'always_invoice',
    });
    expect(switched).toMatchObject({
      status: 'trialing',
      trial_end: seconds('2027-05-01T00:00:00Z'),
    });
    const ended = await stripe.subscriptions.update(id, {
      trial_end: 'now',
      expand: ['latest_invoice'],
    });
    expect(ended).toMatchObject({
      status: 'active',
      trial_end: seconds('2027-04-16T00:00:00Z'),
      latest_invoice: { total: 5000, status: 'paid' },
    });
  });

  test('pending_if_incomplete changes nothing until the payment succeeds', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item, customer } = await midApril(small.id);
    await failingCard(customer);
    const waiting = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
    });
    expect(waiting.status).toBe('active');
    expect(waiting.items.data[0]?.price.id).toBe(small.id);
    expect(waiting.pending_update?.subscription_items?.[0]?.price.id).toBe(large.id);
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.invoices.pay(idOf(waiting.latest_invoice), { payment_method: good.id });
    const applied = await stripe.subscriptions.retrieve(id);
    expect(applied.pending_update).toBeNull();
    expect(applied.items.data[0]?.price.id).toBe(large.id);
  });

  test('error_if_incomplete declines and leaves the plan as it was', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, item, customer } = await midApril(small.id);
    await failingCard(customer);
    await expect(
      stripe.subscriptions.update(id, {
        items: [{ id: item, price: large.id }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'error_if_incomplete',
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    const same = await stripe.subscriptions.retrieve(id);
    expect(same.items.data[0]?.price.id).toBe(small.id);
    expect((await stripe.invoiceItems.list({ customer })).data).toEqual([]);
  });

  test.each(['create_prorations', 'always_invoice', 'none'] as const)(
    'a preview with %s is to the cent what the change then bills',
    async (proration_behavior) => {
      const { stripe } = running;
      const [small, large] = [
        await running.recurringPrice({ amount: 1999 }),
        await running.recurringPrice({ amount: 4999 }),
      ];
      const { id, item, customer, clock } = await midApril(small.id);
      await running.advance(clock, seconds('2027-04-19T13:37:11Z'));
      const change = { items: [{ id: item, price: large.id, quantity: 2 }], proration_behavior };
      const count = (await running.eventTypes()).length;
      const preview = await stripe.invoices.createPreview({
        customer,
        subscription: id,
        subscription_details: change,
      });
      expect((await running.eventTypes()).length).toBe(count);
      await stripe.subscriptions.update(id, change);
      if (proration_behavior !== 'always_invoice') {
        await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
      }
      const { latest_invoice } = await stripe.subscriptions.retrieve(id);
      const invoice = await stripe.invoices.retrieve(idOf(latest_invoice));
      expect(amounts(preview)).toEqual(amounts(invoice));
      expect(preview.total).toBe(invoice.total);
    },
  );

  test('a scheduled downgrade comes at the end of the period and lets go', async () => {
    const { stripe } = running;
    const [small, large] = await twoPlans();
    const { id, clock } = await midApril(large.id);
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const [phase] = schedule.phases;
    await stripe.subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      phases: [
        {
          start_date: present(phase).start_date,
          end_date: present(phase).end_date,
          items: [{ price: large.id, quantity: 1 }],
        },
        { items: [{ price: small.id, quantity: 1 }], proration_behavior: 'none' },
      ],
    });
    expect((await stripe.subscriptions.retrieve(id)).schedule).toBe(schedule.id);
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const changed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(changed.items.data[0]?.price.id).toBe(small.id);
    expect(changed.latest_invoice).toMatchObject({ total: 2000, status: 'paid' });
    await running.advance(clock, seconds('2027-06-01T02:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).schedule).toBeNull();
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: 'released',
      released_subscription: id,
    });
  });
});

/** Makes the customer's default a card that is declined when charged. */
async function failingCard(customer: string): Promise<void> {
  const { stripe } = running;
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: card.id },
  });
}
