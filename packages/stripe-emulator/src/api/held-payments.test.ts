import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, seconds } from '../../test/objects';

const running = emulatorForTests();

/** A payment of $50.00 whose money is held, not taken. */
async function held(more: object = {}) {
  return running.stripe.paymentIntents.create({
    amount: 5000,
    currency: 'usd',
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
    ...more,
  });
}

describe('a payment that is captured by hand', () => {
  test('holds the money for seven days, and is not paid', async () => {
    const intent = await held({ expand: ['latest_charge'] });
    expect(intent).toMatchObject({
      amount_capturable: 5000,
      amount_received: 0,
      latest_charge: { amount_captured: 0, captured: false, paid: true, status: 'succeeded' },
      status: 'requires_capture',
    });
    const charge = await running.stripe.charges.retrieve(idOf(intent.latest_charge));
    const week = charge.created + 7 * 86_400;
    expect(charge.payment_method_details?.card?.capture_before).toBe(week);
    expect(await running.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
    ]);
  });

  test('is captured once, whole', async () => {
    const { stripe } = running;
    const { id } = await held();
    const paid = await stripe.paymentIntents.capture(id, { metadata: { order: '7' } });
    expect(paid).toMatchObject({
      amount_capturable: 0,
      amount_received: 5000,
      metadata: { order: '7' },
      status: 'succeeded',
    });
    expect((await running.eventTypes(id)).slice(-2)).toEqual([
      'charge.captured',
      'payment_intent.succeeded',
    ]);
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
      message: 'This PaymentIntent could not be captured because it has already been captured.',
      payment_intent: { id },
      statusCode: 400,
    });
  });

  test('is captured in part, and the rest is let go', async () => {
    const { stripe } = running;
    const { id, latest_charge } = await held();
    const paid = await stripe.paymentIntents.capture(id, { amount_to_capture: 3000 });
    expect(paid).toMatchObject({ amount: 5000, amount_received: 3000, status: 'succeeded' });
    const charge = await stripe.charges.retrieve(idOf(latest_charge));
    expect(charge).toMatchObject({
      amount_captured: 3000,
      amount_refunded: 2000,
      captured: true,
      refunded: false,
    });
    await expect(stripe.refunds.create({ payment_intent: id, amount: 3001 })).rejects.toMatchObject(
      { param: 'amount' },
    );
    await stripe.refunds.create({ payment_intent: id });
    expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(true);
  });

  test('gives no more than it holds', async () => {
    const { id } = await held();
    await expect(
      running.stripe.paymentIntents.capture(id, { amount_to_capture: 5001 }),
    ).rejects.toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });
  });

  test('gives the money back when it is canceled', async () => {
    const { stripe } = running;
    const { id, latest_charge } = await held();
    const canceled = await stripe.paymentIntents.cancel(id);
    expect(canceled).toMatchObject({ amount_capturable: 0, status: 'canceled' });
    const charge = await stripe.charges.retrieve(idOf(latest_charge), { expand: ['refunds'] });
    expect(charge).toMatchObject({ amount_refunded: 5000, captured: false, refunded: true });
    expect(charge.refunds?.data).toMatchObject([{ amount: 5000, status: 'succeeded' }]);
    expect((await running.eventTypes(id)).slice(-3)).toEqual([
      'refund.created',
      'charge.refunded',
      'payment_intent.canceled',
    ]);
  });

  test('is canceled when nobody captures it in time', async () => {
    const { stripe } = running;
    const { clock, customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    const { id, latest_charge } = await held({ customer });
    await running.advance(clock, seconds('2027-04-07T23:00:00Z'));
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
    await running.advance(clock, seconds('2027-04-08T00:00:00Z'));
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      canceled_at: seconds('2027-04-08T00:00:00Z'),
      cancellation_reason: 'automatic',
      status: 'canceled',
    });
    const refunds = await stripe.refunds.list({ charge: idOf(latest_charge) });
    expect(refunds.data).toMatchObject([{ reason: 'expired_uncaptured_charge' }]);
    expect((await running.eventTypes(id)).slice(-3)).toEqual([
      'refund.created',
      'charge.expired',
      'payment_intent.canceled',
    ]);
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  test('cannot be captured before it is confirmed', async () => {
    const { stripe } = running;
    const { id } = await stripe.paymentIntents.create({
      amount: 5000,
      currency: 'usd',
      capture_method: 'manual',
    });
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      message:
        'This PaymentIntent could not be captured because it has a status of requires_payment_method. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.',
    });
  });

  test('is chosen for cards alone as well', async () => {
    const intent = await held({
      capture_method: 'automatic',
      payment_method_options: { card: { capture_method: 'manual' } },
    });
    expect(intent.status).toBe('requires_capture');
  });
});
