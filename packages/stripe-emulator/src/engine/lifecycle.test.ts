import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

describe('the life of a subscription', () => {
  test('begins active with a paid first invoice and tells so in order', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-01-31T10:00:00Z' });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id, quantity: 3 }],
      expand: ['latest_invoice.payments'],
    });
    const invoice = subscription.latest_invoice;
    expect(subscription.status).toBe('active');
    expect(invoice).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_create',
      total: 6000,
      amount_paid: 6000,
      number: expect.stringMatching(/-0001$/),
    });
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: seconds('2027-01-31T10:00:00Z'),
      current_period_end: seconds('2027-02-28T10:00:00Z'),
    });
    expect(await running.eventTypes(subscription.id)).toEqual([
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
    ]);
  });

  test('renews on the last day of short months and bills an hour later, without drift', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-01-31T10:00:00Z' });
    const price = await running.recurringPrice();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await running.advance(clock, seconds('2027-02-28T10:00:00Z'));
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(renewed.latest_invoice).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
      automatically_finalizes_at: seconds('2027-02-28T11:00:00Z'),
    });
    await running.advance(clock, seconds('2027-02-28T11:00:00Z'));
    expect(await stripe.invoices.retrieve(idOf(renewed.latest_invoice))).toMatchObject({
      status: 'paid',
      period_start: seconds('2027-01-31T10:00:00Z'),
      period_end: seconds('2027-02-28T10:00:00Z'),
    });
    await running.advance(clock, seconds('2027-06-30T12:00:00Z'));
    const invoices = await stripe.invoices.list({ subscription: id });
    const starts = invoices.data.map((invoice) => present(invoice.lines.data[0]).period.start);
    expect(starts.map((start) => new Date(start * 1000).toISOString())).toEqual([
      '2027-06-30T10:00:00.000Z',
      '2027-05-31T10:00:00.000Z',
      '2027-04-30T10:00:00.000Z',
      '2027-03-31T10:00:00.000Z',
      '2027-02-28T10:00:00.000Z',
      '2027-01-31T10:00:00.000Z',
    ]);
    expect(invoices.data.every((invoice) => invoice.status === 'paid')).toBe(true);
  });

  test('a trial with a card ends in a paid period, announced three days before', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-03-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const { id, status, latest_invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      trial_period_days: 14,
      expand: ['latest_invoice'],
    });
    expect(status).toBe('trialing');
    expect(latest_invoice).toMatchObject({ total: 0, status: 'paid' });
    await running.advance(clock, seconds('2027-03-12T00:00:00Z'));
    expect(await running.eventTypes(id)).toContain('customer.subscription.trial_will_end');
    await running.advance(clock, seconds('2027-03-15T02:00:00Z'));
    const ended = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(ended).toMatchObject({
      status: 'active',
      billing_cycle_anchor: seconds('2027-03-15T00:00:00Z'),
      latest_invoice: { status: 'paid', total: 2000, billing_reason: 'subscription_cycle' },
    });
  });

  test.each([
    ['cancel', 'canceled'],
    ['pause', 'paused'],
    ['create_invoice', 'past_due'],
  ] as const)('a trial without a card whose end says %s leaves it %s', async (behavior, status) => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({
      at: '2027-03-01T00:00:00Z',
      card: null,
    });
    const price = await running.recurringPrice();
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: behavior } },
    });
    await running.advance(clock, seconds('2027-03-08T02:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
  });

  test('without any payment method it is refused, and nothing is left behind', async () => {
    const { stripe } = running;
    const customer = await stripe.customers.create({ email: 'nobody@example.com' });
    const price = await running.recurringPrice();
    await expect(
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] }),
    ).rejects.toMatchObject({ code: 'resource_missing', statusCode: 400 });
    const list = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
    expect(list.data).toEqual([]);
  });

  test('default_incomplete waits for its payment and is active once it is confirmed', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-03-01T00:00:00Z', card: null });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret', 'latest_invoice.payments'],
    });
    expect(subscription.status).toBe('incomplete');
    const invoice = subscription.latest_invoice;
    if (invoice === null || typeof invoice === 'string') throw new Error('not expanded');
    const intent = idOf(present(invoice.payments?.data[0]).payment.payment_intent);
    expect(invoice.confirmation_secret?.client_secret.startsWith(intent)).toBe(true);
    await stripe.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    const paid = await stripe.subscriptions.retrieve(subscription.id);
    expect(paid.status).toBe('active');
    expect(paid.default_payment_method).toMatch(/^pm_/);
  });

  test('an unpaid first invoice leaves it incomplete for 23 hours, then void', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({
      at: '2027-03-01T00:00:00Z',
      card: 'pm_card_chargeCustomerFail',
    });
    const price = await running.recurringPrice();
    const { id, status } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
    });
    expect(status).toBe('incomplete');
    await running.advance(clock, seconds('2027-03-01T22:59:59Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('incomplete');
    await running.advance(clock, seconds('2027-03-01T23:00:00Z'));
    const expired = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(expired).toMatchObject({
      status: 'incomplete_expired',
      latest_invoice: { status: 'void' },
    });
  });

  test('canceled before its first payment expires, and its invoice is void', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-03-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
    });
    const expired = await stripe.subscriptions.cancel(id, { expand: ['latest_invoice'] });
    expect(expired).toMatchObject({
      status: 'incomplete_expired',
      canceled_at: seconds('2027-03-01T00:00:00Z'),
      ended_at: seconds('2027-03-01T00:00:00Z'),
      latest_invoice: { status: 'void' },
    });
    expect(await running.eventTypes(id)).not.toContain('customer.subscription.deleted');
  });

  test('takes a published test id wherever a payment method is named', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({
      at: '2027-03-01T00:00:00Z',
      card: null,
    });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      default_payment_method: 'pm_card_visa',
      expand: ['default_payment_method'],
    });
    expect(subscription).toMatchObject({
      status: 'active',
      default_payment_method: { customer, card: { brand: 'visa' } },
    });
    const updated = await stripe.subscriptions.update(subscription.id, {
      default_payment_method: 'pm_card_mastercard',
      expand: ['default_payment_method'],
    });
    expect(updated.default_payment_method).toMatchObject({ card: { brand: 'mastercard' } });
    await stripe.invoiceItems.create({ customer, amount: 700, currency: 'usd' });
    const draft = await stripe.invoices.create({
      customer,
      default_payment_method: 'pm_card_amex',
      pending_invoice_items_behavior: 'include',
    });
    const paid = await stripe.invoices.pay(idOf(draft), { payment_method: 'pm_card_discover' });
    expect(paid.status).toBe('paid');
    const [charge] = (await stripe.charges.list({ customer })).data;
    expect(charge?.payment_method_details?.card?.brand).toBe('discover');
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      start_date: 'now',
      phases: [{ items: [{ price: price.id }], default_payment_method: 'pm_card_jcb' }],
    });
    expect(schedule.phases[0]?.default_payment_method).toMatch(/^pm_(?!card_)/);
  });

  test('error_if_incomplete declines and leaves nothing behind', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({
      at: '2027-03-01T00:00:00Z',
      card: 'pm_card_chargeCustomerFail',
    });
    const price = await running.recurringPrice();
    await expect(
      stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        payment_behavior: 'error_if_incomplete',
      }),
    ).rejects.toMatchObject({ code: 'card_declined', statusCode: 402, type: 'StripeCardError' });
    expect((await stripe.invoices.list({ customer })).data).toEqual([]);
  });

  test('a card that needs authentication makes it incomplete until it is given', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({
      at: '2027-03-01T00:00:00Z',
      card: 'pm_card_authenticationRequired',
    });
    const price = await running.recurringPrice();
    const { id, status } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
    });
    expect(status).toBe('incomplete');
    expect(await running.eventTypes(id)).toContain('invoice.payment_action_required');
  });
});
