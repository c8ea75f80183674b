import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { startStripe } from 'stripe-emulator';
import { expect, test } from 'vitest';

test('the app is told of a new customer', async () => {
  const app = createServer().listen();
  const forward = `http://localhost:${Object(app.address()).port}/webhook`;
  const emulator = await startStripe({ port: 0, memory: true, forward });
  const { hostname: host, port } = new URL(emulator.url);
  const stripe = new Stripe('sk_test_anything', { protocol: 'http', host, port });

  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const [request, response] = await once(app, 'request');
  const event = stripe.webhooks.constructEvent(
    await text(request),
    request.headers['stripe-signature'],
    emulator.webhookSecret,
  );
  expect(event).toMatchObject({ type: 'customer.created', data: { object: { id: customer.id } } });

  response.end();
  await emulator.close();
  app.close();
});
