import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

function pay(card: string, more: object = {}) {
  return running.stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    confirm: true,
    payment_method: card,
    ...more,
  });
}

/** The account's balance in a currency that one test alone uses. */
async function balanceIn(wanted: string) {
  const { available, pending } = await running.stripe.balance.retrieve();
  const amountIn = (funds: { amount: number; currency: string }[]) =>
    funds.find(({ currency }) => currency === wanted)?.amount ?? 0;
  return { available: amountIn(available), pending: amountIn(pending) };
}

describe('the balance', () => {
  test('is empty at first', async () => {
    expect(await running.stripe.balance.retrieve()).toMatchObject({
      object: 'balance',
      available: [{ amount: 0, currency: 'usd' }],
      livemode: false,
      pending: [{ amount: 0, currency: 'usd' }],
    });
  });

  test('gets what a charge brings less the fee, two days later', async () => {
    const { stripe } = running;
    const { clock, customer } = await running.customerOnClock({ at: '2027-04-01T12:00:00Z' });
    const { latest_charge } = await pay('pm_card_visa', { currency: 'cad', customer });
    const charge = await stripe.charges.retrieve(idOf(latest_charge), {
      expand: ['balance_transaction'],
    });
    expect(charge.balance_transaction).toMatchObject({
      amount: 10_000,
      available_on: seconds('2027-04-03T00:00:00Z'),
      fee: 320,
      fee_details: [{ amount: 320, type: 'stripe_fee' }],
      net: 9680,
      reporting_category: 'charge',
      source: charge.id,
      status: 'pending',
      type: 'charge',
    });
    expect(await balanceIn('cad')).toEqual({ available: 0, pending: 9680 });
    await running.advance(clock, seconds('2027-04-03T00:00:00Z'));
    expect(await balanceIn('cad')).toEqual({ available: 9680, pending: 0 });
    const [event] = (await stripe.events.list({ type: 'balance.available', limit: 1 })).data;
    expect(event?.data.object).toMatchObject({ object: 'balance' });
  });

  test.each([
    ['pm_card_bypassPending', 'aud', { available: 9680, pending: 0 }],
    ['pm_card_bypassPendingInternational', 'nzd', { available: 9530, pending: 0 }],
    ['pm_card_de', 'chf', { available: 0, pending: 9530 }],
  ])('after a payment with %s', async (card, currency, expected) => {
    await pay(card, { currency });
    expect(await balanceIn(currency)).toEqual(expected);
  });

  test('learns of an asynchronous capture last, and of money on hold only when it is taken', async () => {
    const { stripe } = running;
    const { id } = await pay('pm_card_visa');
    expect(await running.eventTypes(id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ]);
    const [updated] = (await stripe.events.list({ type: 'charge.updated', limit: 1 })).data;
    expect(updated?.data.previous_attributes).toEqual({ balance_transaction: null });

    const held = await pay('pm_card_visa', { capture_method: 'manual', currency: 'sek' });
    expect(await balanceIn('sek')).toEqual({ available: 0, pending: 0 });
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 4000 });
    expect(await balanceIn('sek')).toEqual({ available: 0, pending: 3854 });
  });
});

describe('a refund', () => {
  test('leaves the balance, and the fee stays', async () => {
    const { stripe } = running;
    const { id } = await pay('pm_card_bypassPending', { currency: 'dkk' });
    const refund = await stripe.refunds.create({
      payment_intent: id,
      amount: 4000,
      expand: ['balance_transaction'],
    });
    expect(refund.balance_transaction).toMatchObject({
      amount: -4000,
      fee: 0,
      net: -4000,
      reporting_category: 'refund',
      source: refund.id,
      type: 'refund',
    });
    expect(await balanceIn('dkk')).toEqual({ available: 5680, pending: 0 });
  });

  test('is pending with one card, and succeeds later', async () => {
    const { stripe } = running;
    const { id } = await pay('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe('pending');
    await running.moment();
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect((await running.eventTypes(refund.id)).slice(-2)).toEqual([
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test('succeeds with another, and fails later', async () => {
    const { stripe } = running;
    const { id, latest_charge } = await pay('pm_card_refundFail', { currency: 'nok' });
    const before = await balanceIn('nok');
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe('succeeded');
    await running.moment();
    const failed = await stripe.refunds.retrieve(refund.id, {
      expand: ['failure_balance_transaction'],
    });
    expect(failed).toMatchObject({
      failure_balance_transaction: { amount: 10_000, type: 'refund_failure' },
      failure_reason: 'expired_or_canceled_card',
      status: 'failed',
    });
    const after = await balanceIn('nok');
    expect(after.available + after.pending).toBe(before.available + before.pending);
    expect(await stripe.charges.retrieve(idOf(latest_charge))).toMatchObject({
      amount_refunded: 0,
      refunded: false,
    });
    expect((await running.eventTypes(refund.id)).slice(-3)).toEqual([
      'refund.updated',
      'charge.refund.updated',
      'refund.failed',
    ]);
    expect((await stripe.refunds.create({ payment_intent: id })).status).toBe('succeeded');
  });
});

describe('balance transactions', () => {
  test('are listed by type, source and currency, and show their source', async () => {
    const { stripe } = running;
    const { latest_charge } = await pay('pm_card_visa', { currency: 'pln' });
    const charge = idOf(latest_charge);
    await stripe.refunds.create({ charge });
    const inZloty = await stripe.balanceTransactions.list({ currency: 'pln' });
    expect(inZloty.data.map(({ type }) => type)).toEqual(['refund', 'charge']);
    const refunds = await stripe.balanceTransactions.list({ currency: 'pln', type: 'refund' });
    expect(refunds.data).toHaveLength(1);
    const [ofCharge] = (
      await stripe.balanceTransactions.list({ source: charge, expand: ['data.source'] })
    ).data;
    expect(ofCharge).toMatchObject({ source: { id: charge, object: 'charge' } });
    expect(await stripe.balanceTransactions.retrieve(present(ofCharge).id)).toMatchObject({
      source: charge,
    });
    await expect(stripe.balanceTransactions.retrieve('txn_nope')).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    });
  });
});

describe('a charge', () => {
  test('is described, and captured by its own id', async () => {
    const { stripe } = running;
    const { latest_charge } = await pay('pm_card_visa', { capture_method: 'manual' });
    const id = idOf(latest_charge);
    const described = await stripe.charges.update(id, {
      description: 'Order 7',
      fraud_details: { user_report: 'safe' },
      metadata: { order: '7' },
    });
    expect(described).toMatchObject({
      description: 'Order 7',
      fraud_details: { user_report: 'safe' },
      metadata: { order: '7' },
    });
    expect(await stripe.charges.capture(id, { amount: 9000 })).toMatchObject({
      amount_captured: 9000,
      captured: true,
    });
    await expect(stripe.charges.capture(id)).rejects.toMatchObject({
      code: 'charge_already_captured',
    });
  });
});
