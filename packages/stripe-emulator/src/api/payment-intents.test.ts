import { expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf } from '../../test/objects';

const running = emulatorForTests();

test('a payment made by hand is confirmed once', async () => {
  const { stripe } = running;
  const intent = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
  expect(intent.status).toBe('requires_payment_method');
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2000 });
  expect((await stripe.charges.retrieve(idOf(paid.latest_charge))).paid).toBe(true);
  for (const refused of [
    stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }),
    stripe.paymentIntents.update(intent.id, { amount: 1 }),
    stripe.paymentIntents.cancel(intent.id),
  ]) {
    await expect(refused).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
  }
});

test('a declined card leaves it open, and it can be canceled', async () => {
  const { stripe } = running;
  const { id } = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: 'pm_card_visa_chargeDeclined',
  });
  await expect(stripe.paymentIntents.confirm(id)).rejects.toMatchObject({
    statusCode: 402,
    code: 'card_declined',
    payment_intent: { id },
  });
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'generic_decline' },
  });
  const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
  expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
});

test("an invoice's payment is ended by its invoice only", async () => {
  const { stripe } = running;
  const { customer } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = await running.recurringPrice();
  await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    payment_behavior: 'default_incomplete',
  });
  const [intent] = (await stripe.paymentIntents.list({ customer })).data;
  await expect(stripe.paymentIntents.cancel(idOf(intent))).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
});

test('kinds of payment method are no longer listed for a payment or a setup', async () => {
  const { stripe } = running;
  const listed = { payment_method_types: ['card'] };
  for (const [path, params] of [
    ['/v1/payment_intents', { amount: 2000, currency: 'usd', ...listed }],
    ['/v1/setup_intents', listed],
  ] as const) {
    await expect(stripe.rawRequest('POST', path, params)).rejects.toMatchObject({
      code: 'payment_method_types_no_longer_supported',
    });
  }
});
