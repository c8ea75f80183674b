import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, seconds } from '../../test/objects';

const running = emulatorForTests();

async function subscribed(mode: 'flexible' | 'classic' = 'flexible') {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = await running.recurringPrice();
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    billing_mode: { type: mode },
  });
  return { customer, clock, id };
}

describe('canceling', () => {
  test('a flexible subscription by date keeps its flag false and ends on that date', async () => {
    const { stripe } = running;
    const { id, clock } = await subscribed();
    const scheduled = await stripe.subscriptions.update(id, { cancel_at: 'max_period_end' });
    expect(scheduled).toMatchObject({
      status: 'active',
      cancel_at: seconds('2027-05-01T00:00:00Z'),
      cancel_at_period_end: false,
      canceled_at: seconds('2027-04-01T00:00:00Z'),
      cancellation_details: { reason: 'cancellation_requested' },
    });
    await running.advance(clock, seconds('2027-05-01T00:00:00Z'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'canceled',
      ended_at: seconds('2027-05-01T00:00:00Z'),
      canceled_at: seconds('2027-04-01T00:00:00Z'),
    });
    const types = await running.eventTypes(id);
    expect(types.at(-1)).toBe('customer.subscription.deleted');
    expect(types.filter((type) => type === 'invoice.created')).toHaveLength(1);
  });

  test('a classic subscription at period end sets the flag and the date', async () => {
    const { stripe } = running;
    const { id } = await subscribed('classic');
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
      cancel_at: seconds('2027-05-01T00:00:00Z'),
      cancel_at_period_end: true,
    });
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { reason: null },
    });
  });

  test('taking it back tells exactly what changed, and the subscription renews', async () => {
    const { stripe } = running;
    const { id, clock } = await subscribed();
    await stripe.subscriptions.update(id, {
      cancel_at: 'max_period_end',
      cancellation_details: { feedback: 'too_expensive', comment: 'sorry' },
    });
    await stripe.subscriptions.update(id, { cancel_at: '' });
    const { data } = await stripe.events.list({ type: 'customer.subscription.updated', limit: 2 });
    expect(data[0]?.data.previous_attributes).toEqual({
      cancel_at: seconds('2027-05-01T00:00:00Z'),
      canceled_at: seconds('2027-04-01T00:00:00Z'),
      cancellation_details: {
        comment: 'sorry',
        feedback: 'too_expensive',
        reason: 'cancellation_requested',
      },
    });
    expect(data[1]?.data.previous_attributes).toEqual({
      cancel_at: null,
      canceled_at: null,
      cancellation_details: { comment: null, feedback: null, reason: null },
    });
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  test('now ends it at once and prorates into a credit when asked', async () => {
    const { stripe } = running;
    const { id, clock, customer } = await subscribed();
    await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
    const before = (await running.eventTypes(id)).length;
    const ended = await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true });
    expect(ended).toMatchObject({ status: 'canceled', ended_at: seconds('2027-04-16T00:00:00Z') });
    expect(await stripe.invoices.retrieve(idOf(ended.latest_invoice))).toMatchObject({
      total: -1000,
      status: 'paid',
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1000 });
    const types = (await running.eventTypes(id)).slice(before);
    expect(types).toContain('customer.subscription.deleted');
    expect(types).not.toContain('customer.subscription.updated');
  });

  test('a canceled subscription is not listed by default and refuses changes', async () => {
    const { stripe } = running;
    const { id, customer } = await subscribed();
    await stripe.subscriptions.cancel(id);
    expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
    const all = await stripe.subscriptions.list({ customer, status: 'all' });
    expect(all.data.map((subscription) => subscription.id)).toEqual([id]);
    await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    await expect(
      stripe.subscriptions.update(id, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ statusCode: 400, code: 'invalid_canceled_subscription_fields' });
    const noted = await stripe.subscriptions.update(id, { metadata: { why: 'moved' } });
    expect(noted.metadata).toEqual({ why: 'moved' });
  });

  test('pausing gives back the unused time, grants nothing, and resuming starts a new period', async () => {
    const { stripe } = running;
    const { id, clock, customer } = await subscribed();
    await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
    const paused = await stripe.subscriptions.pause(id);
    expect(paused).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    });
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toMatchObject([
      { amount: -1000, proration: true },
    ]);
    await running.advance(clock, seconds('2027-05-16T00:00:00Z'));
    const resumed = await stripe.subscriptions.resume(id, { expand: ['latest_invoice'] });
    expect(resumed).toMatchObject({
      status: 'active',
      billing_cycle_anchor: seconds('2027-05-16T00:00:00Z'),
      latest_invoice: { total: 1000, status: 'paid' },
    });
    const types = await running.eventTypes(id);
    expect(types).toContain('customer.subscription.paused');
    expect(types).toContain('customer.subscription.resumed');
  });

  test('a classic subscription cannot be paused, but its collection can', async () => {
    const { stripe } = running;
    const { id, clock } = await subscribed('classic');
    await expect(stripe.subscriptions.pause(id)).rejects.toMatchObject({ statusCode: 400 });
    const held = await stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } });
    expect(held.status).toBe('active');
    await running.advance(clock, seconds('2027-05-01T02:00:00Z'));
    const { latest_invoice } = await stripe.subscriptions.retrieve(id, {
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({ status: 'void' });
  });

  test('deleting the customer ends all subscriptions', async () => {
    const { stripe } = running;
    const { id, customer } = await subscribed();
    await stripe.customers.del(customer);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled');
  });
});
