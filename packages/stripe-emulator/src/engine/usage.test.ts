import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

const START = '2027-01-01T00:00:00Z';
const RENEWAL = seconds('2027-02-01T00:00:00Z');
let meters = 0;

type Payload = Stripe.Billing.MeterEventCreateParams['payload'];
type Pricing = Partial<Stripe.PriceCreateParams>;

async function newMeter(formula: 'count' | 'last' | 'sum' = 'sum'): Promise<Stripe.Billing.Meter> {
  return running.stripe.billing.meters.create({
    display_name: 'API calls',
    event_name: `calls_${++meters}`,
    default_aggregation: { formula },
  });
}

async function meteredPrice(meter: string, pricing: Pricing = { unit_amount: 10 }) {
  return running.stripe.prices.create({
    currency: 'usd',
    recurring: { interval: 'month', usage_type: 'metered', meter },
    product_data: { name: 'API calls' },
    ...pricing,
  });
}

/** A customer on a clock of their own who is subscribed to a metered price. */
async function metered(pricing?: Pricing, more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const meter = await newMeter();
  const price = await meteredPrice(meter.id, pricing);
  const { clock, customer } = await running.customerOnClock({ at: START });
  const subscription = await running.stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    ...more,
  });
  const use = (value: number | string, at = START) =>
    running.stripe.billing.meterEvents.create({
      event_name: meter.event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
      timestamp: seconds(at),
    });
  return { clock, customer, meter, price, subscription, use };
}

async function invoicesOf(customer: string): Promise<Stripe.Invoice[]> {
  return (await running.stripe.invoices.list({ customer })).data.reverse();
}

function shownLines(invoice: Stripe.Invoice | undefined) {
  return present(invoice).lines.data.map(({ amount, description, quantity }) => ({
    amount,
    description,
    quantity,
  }));
}

describe('a metered price', () => {
  test('costs nothing at first, and then what was used in the period that is over', async () => {
    const { clock, customer, subscription, use } = await metered();
    await use(3);
    await use('2.5', '2027-01-01T00:04:00Z');
    const preview = await running.stripe.invoices.createPreview({ subscription: subscription.id });
    await running.advance(clock, RENEWAL);
    const late = await running.stripe.invoices.list({ customer, status: 'draft' });
    expect(shownLines(late.data[0])).toEqual(shownLines(preview));
    await use(4.5, '2027-01-31T23:59:59Z');
    await use(100, '2027-02-01T00:00:00Z');
    await running.advance(clock, RENEWAL + 7200);
    const [first, second] = await invoicesOf(customer);
    expect(preview.total).toBe(55);
    expect(first).toMatchObject({ total: 0, status: 'paid' });
    expect(second).toMatchObject({ total: 100, status: 'paid' });
    expect(shownLines(second)).toEqual([
      { amount: 100, description: '10 × API calls (at $0.10 / month)', quantity: 10 },
    ]);
    expect(second?.lines.data[0]?.period).toEqual({ start: seconds(START), end: RENEWAL });
  });

  test('is billed by packages, by the tier that is reached, or tier by tier', async () => {
    const tiers: Stripe.PriceCreateParams.Tier[] = [
      { up_to: 10, unit_amount: 10 },
      { up_to: 'inf', unit_amount: 5, flat_amount: 100 },
    ];
    const totals: number[] = [];
    for (const pricing of [
      { unit_amount: 700, transform_quantity: { divide_by: 5, round: 'up' } },
      { billing_scheme: 'tiered', tiers_mode: 'volume', tiers },
      { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers },
    ] satisfies Pricing[]) {
      const { clock, customer, use } = await metered(pricing);
      await use(12);
      await running.advance(clock, RENEWAL + 7200);
      totals.push(present((await invoicesOf(customer))[1]).total);
    }
    expect(totals).toEqual([2100, 160, 210]);
  });

  test('has its usage billed when it is replaced, where prorations are made', async () => {
    const { clock, customer, meter, subscription, use } = await metered();
    await running.advance(clock, seconds('2027-01-16T00:00:00Z'));
    await use(5, '2027-01-10T00:00:00Z');
    const dearer = await meteredPrice(meter.id, { unit_amount: 1000 });
    const item = present(subscription.items.data[0]).id;
    await running.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: dearer.id }],
    });
    await running.advance(clock, seconds('2027-01-21T00:00:00Z'));
    await use(2, '2027-01-20T00:00:00Z');
    await running.advance(clock, RENEWAL + 7200);
    const [, renewal] = await invoicesOf(customer);
    expect(shownLines(renewal).map(({ amount }) => amount)).toEqual([50, 2000]);
  });

  test('has its usage billed at the end, unless it is canceled without a last invoice', async () => {
    const ended = await metered();
    await ended.use(5);
    await running.stripe.subscriptions.update(ended.subscription.id, {
      cancel_at_period_end: true,
    });
    const preview = await running.stripe.invoices.createPreview({
      subscription: ended.subscription.id,
    });
    await running.advance(ended.clock, RENEWAL + 7200);
    const billed = await metered();
    await billed.use(5);
    await running.advance(billed.clock, seconds('2027-01-02T00:00:00Z'));
    await running.stripe.subscriptions.cancel(billed.subscription.id, { invoice_now: true });
    const unbilled = await metered();
    await unbilled.use(5);
    await running.stripe.subscriptions.cancel(unbilled.subscription.id);
    const totals = async (customer: string) =>
      (await invoicesOf(customer)).map(({ total, status }) => [total, status]);
    expect(preview.total).toBe(50);
    expect(await totals(ended.customer)).toEqual([
      [0, 'paid'],
      [50, 'paid'],
    ]);
    expect(await totals(billed.customer)).toEqual([
      [0, 'paid'],
      [50, 'paid'],
    ]);
    expect(await totals(unbilled.customer)).toEqual([[0, 'paid']]);
  });

  test('is free on trial', async () => {
    const { clock, customer, use } = await metered(undefined, { trial_period_days: 7 });
    await use(5);
    await running.advance(clock, seconds('2027-01-08T02:00:00Z'));
    expect((await invoicesOf(customer)).map(({ total }) => total)).toEqual([0, 0]);
  });

  test('needs a meter that is active', async () => {
    const { prices, billing } = running.stripe;
    const meter = await newMeter();
    await billing.meters.deactivate(meter.id);
    await expect(meteredPrice(meter.id)).rejects.toMatchObject({ param: 'recurring[meter]' });
    const base = { currency: 'usd', unit_amount: 1, product_data: { name: 'Calls' } };
    await expect(
      prices.create({ ...base, recurring: { interval: 'month', usage_type: 'metered' } }),
    ).rejects.toMatchObject({ code: 'parameter_missing', param: 'recurring[meter]' });
    await expect(
      prices.create({ ...base, recurring: { interval: 'month', meter: 'mtr_none' } }),
    ).rejects.toMatchObject({ param: 'recurring[meter]' });
  });
});

describe('a meter', () => {
  test('has every field, and can be renamed, switched off and on again', async () => {
    const { meters } = running.stripe.billing;
    const meter = await newMeter('count');
    expect(meter).toMatchObject({
      object: 'billing.meter',
      customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' },
      default_aggregation: { formula: 'count' },
      event_time_window: null,
      status: 'active',
      status_transitions: { deactivated_at: null },
      value_settings: { event_payload_key: 'value' },
    });
    await meters.update(meter.id, { display_name: 'Calls' });
    const off = await meters.deactivate(meter.id);
    expect(off).toMatchObject({ display_name: 'Calls', status: 'inactive' });
    expect((await meters.list({ status: 'inactive' })).data[0]?.id).toBe(meter.id);
    await meters.reactivate(meter.id);
    await expect(meters.reactivate(meter.id)).rejects.toThrow('already active');
    const again = { display_name: 'x', event_name: meter.event_name };
    await expect(
      meters.create({ ...again, default_aggregation: { formula: 'sum' } }),
    ).rejects.toMatchObject({ param: 'event_name' });
    expect(await running.eventTypes(meter.id)).toEqual([
      'billing.meter.created',
      'billing.meter.updated',
      'billing.meter.deactivated',
      'billing.meter.reactivated',
    ]);
  });

  test('adds up sums, counts and last values, in any window', async () => {
    const { customer } = await running.customerOnClock({ at: START });
    const values: number[][] = [];
    for (const formula of ['sum', 'count', 'last'] as const) {
      const meter = await newMeter(formula);
      for (const [value, timestamp] of [
        ['0.1', '2026-12-30T10:00:00Z'],
        ['0.2', '2026-12-31T10:00:00Z'],
        ['-0.1', '2026-12-31T09:00:00Z'],
      ] as const) {
        await running.stripe.billing.meterEvents.create({
          event_name: meter.event_name,
          payload: { stripe_customer_id: customer, value },
          timestamp: seconds(timestamp),
        });
      }
      const params = {
        customer,
        start_time: seconds('2026-12-30T00:00:00Z'),
        end_time: seconds('2027-01-01T00:00:00Z'),
      };
      const whole = await running.stripe.billing.meters.listEventSummaries(meter.id, params);
      const days = await running.stripe.billing.meters.listEventSummaries(meter.id, {
        ...params,
        value_grouping_window: 'day',
      });
      values.push([...whole.data, ...days.data].map(({ aggregated_value: value }) => value));
    }
    expect(values).toEqual([
      [0.2, 0.1, 0.1],
      [3, 2, 1],
      [0.2, 0.2, 0.1],
    ]);
  });
});

describe('a report of usage', () => {
  test('is taken once, and can be taken back', async () => {
    const { customer, meter, subscription } = await metered();
    const report = {
      event_name: meter.event_name,
      identifier: `once_${meter.id}`,
      payload: { stripe_customer_id: customer, value: '5' },
    };
    const taken = await running.stripe.billing.meterEvents.create(report);
    expect(taken).toMatchObject({ ...report, object: 'billing.meter_event', livemode: false });
    expect(taken.timestamp).toBe(seconds(START));
    await expect(running.stripe.billing.meterEvents.create(report)).rejects.toMatchObject({
      statusCode: 400,
      param: 'identifier',
    });
    const adjustment = {
      event_name: meter.event_name,
      type: 'cancel' as const,
      cancel: { identifier: report.identifier },
    };
    const adjusted = await running.stripe.billing.meterEventAdjustments.create(adjustment);
    expect(adjusted).toMatchObject({ ...adjustment, status: 'pending' });
    await expect(
      running.stripe.billing.meterEventAdjustments.create(adjustment),
    ).rejects.toMatchObject({ code: 'resource_missing', param: 'cancel[identifier]' });
    const preview = await running.stripe.invoices.createPreview({
      subscription: idOf(subscription),
    });
    expect(preview.total).toBe(0);
  });

  test.each<
    [{ value?: string; timestamp?: number; event_name?: string; payload?: Payload }, string]
  >([
    [{ event_name: 'nobody_listens' }, 'no_meter'],
    [{ payload: { value: '1' } }, 'meter_event_no_customer_defined'],
    [{ payload: { stripe_customer_id: 'cus_no' } }, 'meter_event_customer_not_found'],
    [{ value: 'many' }, 'meter_event_invalid_value'],
    [{ value: '1234567890123456' }, 'meter_event_value_too_many_digits'],
    [{ timestamp: seconds('2026-11-01T00:00:00Z') }, 'timestamp_too_far_in_past'],
    [{ timestamp: seconds('2027-01-01T00:06:00Z') }, 'timestamp_in_future'],
  ])('is refused when it says %j', async ({ value = '1', ...wrong }, code) => {
    const meter = await newMeter();
    const { customer } = await running.customerOnClock({ at: START, card: null });
    await expect(
      running.stripe.billing.meterEvents.create({
        event_name: meter.event_name,
        payload: { stripe_customer_id: customer, value },
        ...wrong,
      }),
    ).rejects.toMatchObject({ code });
  });
});
