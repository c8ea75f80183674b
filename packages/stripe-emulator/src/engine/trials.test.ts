import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { present, seconds } from '../../test/objects';

const running = emulatorForTests();
const AT = '2027-01-01T00:00:00Z';

async function subscribe(card: string | null, params: Partial<Stripe.SubscriptionCreateParams>) {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: AT, card });
  const price = await running.recurringPrice();
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    expand: ['pending_setup_intent'],
    ...params,
  });
  return { clock, subscription };
}

function setupOf({ pending_setup_intent: intent }: Stripe.Subscription): Stripe.SetupIntent {
  if (intent === null || typeof intent === 'string') throw new Error('not expanded');
  return intent;
}

describe('a subscription that asks for no payment yet', () => {
  test.each([
    ['no card', null, {}, 'requires_payment_method'],
    ['a card that asks for authentication', 'pm_card_threeDSecure2Required', {}, 'requires_action'],
    ['a card that needs nothing more', 'pm_card_visa', {}, undefined],
    [
      'no card, as it is billed by invoice',
      null,
      { collection_method: 'send_invoice', days_until_due: 7 },
      undefined,
    ],
  ] as const)('waits for a setup intent or not: %s', async (_case, card, more, status) => {
    const { subscription } = await subscribe(card, { trial_period_days: 14, ...more });
    expect(subscription.status).toBe('trialing');
    if (status === undefined) expect(subscription.pending_setup_intent).toBeNull();
    else expect(setupOf(subscription)).toMatchObject({ status, usage: 'off_session' });
  });

  test('is charged by the card that is set up', async () => {
    const { stripe } = running;
    const { clock, subscription } = await subscribe(null, { trial_period_days: 14 });
    const { id, customer } = setupOf(subscription);
    expect(customer).toBe(subscription.customer);
    const { payment_method } = await stripe.setupIntents.confirm(id, {
      payment_method: 'pm_card_visa',
    });
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      default_payment_method: payment_method,
      pending_setup_intent: null,
    });
    await running.advance(clock, seconds('2027-01-15T02:00:00Z'));
    const begun = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(begun).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } });
  });

  test('with a free price waits for a card too', async () => {
    const free = await running.recurringPrice({ amount: 0 });
    const { subscription } = await subscribe(null, { items: [{ price: free.id }] });
    expect(subscription.status).toBe('active');
    expect(setupOf(subscription).status).toBe('requires_payment_method');
  });
});

describe('the end of a trial', () => {
  const WILL_END = 'customer.subscription.trial_will_end';

  test('is announced at once when it is less than three days away', async () => {
    const { subscription } = await subscribe('pm_card_visa', { trial_period_days: 2 });
    expect(await running.eventTypes(subscription.id)).toContain(WILL_END);
  });

  test.each([
    ['set to now', 'now', 1],
    ['moved to tomorrow', seconds('2027-01-02T00:00:00Z'), 1],
    ['moved further away', seconds('2027-02-01T00:00:00Z'), 0],
  ] as const)('when %s is announced as often as it should', async (_case, end, times) => {
    const { subscription } = await subscribe('pm_card_visa', { trial_period_days: 14 });
    await running.stripe.subscriptions.update(subscription.id, { trial_end: end });
    const types = await running.eventTypes(subscription.id);
    expect(types.filter((type) => type === WILL_END)).toHaveLength(times);
  });
});

describe('a subscription that began in the past', () => {
  test.each([
    ['each period since then', {}, 'active', [3100, 3100, 3100], '2027-01-15T00:00:00Z'],
    ['nothing without prorations', { proration_behavior: 'none' }, 'active', [0], undefined],
    [
      'the time up to its anchor',
      { billing_cycle_anchor: seconds('2027-04-01T00:00:00Z') },
      'active',
      [1700, 3100, 3100],
      '2027-01-15T00:00:00Z',
    ],
  ] as const)('bills %s', async (_case, more, status, amounts, begins) => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-03-15T00:00:00Z' });
    const price = await running.recurringPrice({ amount: 3100 });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      backdate_start_date: seconds('2027-01-15T00:00:00Z'),
      ...more,
      expand: ['latest_invoice'],
    });
    const invoice = subscription.latest_invoice;
    if (invoice === null || typeof invoice === 'string') throw new Error('not expanded');
    const lines = invoice.lines.data;
    expect(subscription).toMatchObject({ status, start_date: seconds('2027-01-15T00:00:00Z') });
    expect(lines.map((line) => line.amount)).toEqual(amounts);
    if (begins) expect(present(lines[0]).period.start).toBe(seconds(begins));
  });
});

describe('the next invoice', () => {
  const upcoming = async (customer: string) => {
    const { data } = await running.stripe.events.list({ type: 'invoice.upcoming', limit: 100 });
    return data.filter(({ data: { object } }) => JSON.stringify(object).includes(customer));
  };

  test('is announced some days before, as a preview shows it, without an id', async () => {
    const { id: price } = await running.recurringPrice();
    const { clock, customer } = await running.customerOnClock({ at: '2027-01-01T00:00:00Z' });
    const subscription = await running.stripe.subscriptions.create({
      customer,
      items: [{ price }],
    });
    await running.advance(clock, seconds('2027-01-24T23:59:59Z'));
    expect(await upcoming(customer)).toEqual([]);
    await running.advance(clock, seconds('2027-01-25T00:00:00Z'));
    const [event, ...others] = await upcoming(customer);
    expect(others).toEqual([]);
    expect(event?.data.object).not.toHaveProperty('id');
    expect(event?.data.object).toMatchObject({
      billing_reason: 'upcoming',
      customer,
      parent: { subscription_details: { subscription: subscription.id } },
      total: 2000,
    });
    await running.emulator.control.changeBilling({ upcoming_days: 3 });
    await running.advance(clock, seconds('2027-02-25T00:00:00Z'));
    expect((await upcoming(customer)).map(({ created }) => created)).toEqual([
      seconds('2027-01-29T00:00:00Z'),
      seconds('2027-01-25T00:00:00Z'),
    ]);
  });

  test('is not announced when none comes, or so often that it would be at once', async () => {
    const { clock, customer } = await running.customerOnClock({ at: '2027-01-01T00:00:00Z' });
    const month = await running.recurringPrice();
    const day = await running.recurringPrice({ interval: 'day' });
    await running.stripe.subscriptions.create({
      customer,
      items: [{ price: month.id }],
      cancel_at_period_end: true,
    });
    await running.stripe.subscriptions.create({ customer, items: [{ price: day.id }] });
    await running.advance(clock, seconds('2027-02-02T00:00:00Z'));
    expect(await upcoming(customer)).toEqual([]);
  });
});
