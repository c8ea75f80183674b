import Stripe from 'stripe';
import { startStripe } from 'stripe-emulator';
import { expect, test } from 'vitest';

test('a stolen card stops a payment, an outage does not', async () => {
  const emulator = await startStripe({ port: 0, memory: true });
  const { hostname: host, port } = new URL(emulator.url);
  const stripe = new Stripe('sk_test_anything', { protocol: 'http', host, port });
  const pay = () =>
    stripe.paymentIntents.create({
      amount: 1200,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
    });

  emulator.fault({ on: 'payment', kind: 'fail', decline_code: 'stolen_card', times: 1 });
  await expect(pay()).rejects.toMatchObject({ code: 'card_declined', decline_code: 'stolen_card' });

  emulator.fault({ on: 'POST /v1/payment_intents', kind: '503', times: 1 });
  expect((await pay()).status).toBe('succeeded'); // The SDK has tried again.
  expect(emulator.requests().map(({ status }) => status)).toEqual([402, 503, 200]);
  await emulator.close();
});
