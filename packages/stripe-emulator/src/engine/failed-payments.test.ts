import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, seconds } from '../../test/objects';
import { changeCollectionSettings } from './settings';

const running = emulatorForTests();

/** A subscription whose card fails when April's period ends. */
async function failing() {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = await running.recurringPrice();
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: card.id },
  });
  await running.advance(clock, seconds('2027-05-01T01:00:00Z'));
  return { customer, clock, id };
}

describe('payments that fail', () => {
  test('a renewal is past due, tried again on schedule, and canceled after the last try', async () => {
    const { stripe } = running;
    const { id, clock } = await failing();
    const late = await stripe.subscriptions.retrieve(id);
    expect(late.status).toBe('past_due');
    const invoice = idOf(late.latest_invoice);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      status: 'open',
      attempt_count: 1,
      next_payment_attempt: seconds('2027-05-04T01:00:00Z'),
    });
    await running.advance(clock, seconds('2027-05-04T01:00:00Z'));
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      attempt_count: 2,
      next_payment_attempt: seconds('2027-05-09T01:00:00Z'),
    });
    await running.advance(clock, seconds('2027-05-17T00:00:00Z'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    });
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      attempt_count: 4,
      next_payment_attempt: null,
      status: 'open',
    });
  });

  test('paying the open invoice makes it active again', async () => {
    const { stripe } = running;
    const { id, customer } = await failing();
    const { latest_invoice } = await stripe.subscriptions.retrieve(id);
    await expect(stripe.invoices.pay(idOf(latest_invoice))).rejects.toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    const good = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    const paid = await stripe.invoices.pay(idOf(latest_invoice), { payment_method: good.id });
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 3 });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
    expect((await running.eventTypes(id)).slice(-4)).toEqual([
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
    ]);
  });

  test('the account may say unpaid instead, and then makes drafts only', async () => {
    const { stripe, emulator } = running;
    emulator.run('test', (ctx) => changeCollectionSettings(ctx, { afterRetries: 'unpaid' }));
    const { id, clock } = await failing();
    await running.advance(clock, seconds('2027-05-17T00:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('unpaid');
    await running.advance(clock, seconds('2027-06-02T00:00:00Z'));
    const { latest_invoice, status } = await stripe.subscriptions.retrieve(id, {
      expand: ['latest_invoice'],
    });
    expect(status).toBe('unpaid');
    expect(latest_invoice).toMatchObject({ status: 'draft', auto_advance: false });
    emulator.run('test', (ctx) => changeCollectionSettings(ctx, { afterRetries: 'cancel' }));
  });

  test('a fault on demand makes the next payment fail once', async () => {
    const { stripe, emulator } = running;
    const { customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const price = await running.recurringPrice();
    await emulator.app.request('/_emulator/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        on: 'payment',
        kind: 'fail',
        times: 1,
        decline_code: 'insufficient_funds',
      }),
    });
    const failed = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect(failed.status).toBe('incomplete');
    const paid = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect(paid.status).toBe('active');
  });

  test('a sent invoice is due after its days and past due when nobody pays', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({
      at: '2027-04-01T00:00:00Z',
      card: null,
    });
    const price = await running.recurringPrice();
    const { id, status } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    expect(status).toBe('active');
    await running.advance(clock, seconds('2027-04-01T02:00:00Z'));
    const { latest_invoice } = await stripe.subscriptions.retrieve(id, {
      expand: ['latest_invoice'],
    });
    expect(latest_invoice).toMatchObject({
      status: 'open',
      due_date: seconds('2027-04-08T00:00:00Z'),
    });
    await running.advance(clock, seconds('2027-04-09T00:00:00Z'));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
    await stripe.invoices.pay(idOf(latest_invoice), { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });
});
