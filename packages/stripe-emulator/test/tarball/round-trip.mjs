// Copied into a project that has the package from its tarball: a purchase and its webhooks, through
// the official SDK, at an emulator somebody has started.

import { once } from 'node:events';
import { createServer } from 'node:http';
import Stripe from 'stripe';

/**
 * @param {(forward: string) => Promise<{ url: string, webhookSecret: string }>} start starts an
 * emulator that forwards its events to an address
 */
export async function roundTrip(start) {
  /** @type {string[]} */
  const told = [];
  let secret = '';
  const app = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const signature = String(request.headers['stripe-signature']);
    told.push(Stripe.webhooks.constructEvent(body, signature, secret).type);
    response.end();
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const address = app.address();
  const port = typeof address === 'object' ? address?.port : 0;

  const emulator = await start(`http://127.0.0.1:${port}/webhook`);
  secret = emulator.webhookSecret;
  const { hostname, port: emulatorPort } = new URL(emulator.url);
  const stripe = new Stripe('sk_test_tarball', {
    protocol: 'http',
    host: hostname,
    port: emulatorPort,
    telemetry: false,
  });

  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1200,
    recurring: { interval: 'month' },
    product_data: { name: 'Pro' },
  });
  const { status } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const configuration = await stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  const session = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: 'http://127.0.0.1/',
  });
  const portal = await (await fetch(session.url)).text();
  const style = await fetch(new URL(/href="([^"]+\.css)"/.exec(portal)?.[1] ?? '', session.url));
  const script = await fetch(new URL(/src="([^"]+\.js)"/.exec(portal)?.[1] ?? '', session.url));

  for (let tries = 0; tries < 200 && !told.includes('invoice.paid'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  app.close();
  return {
    status,
    portalShowsInvoice: portal.includes('$12.00'),
    assets: [style.status, script.status],
    told: told.toSorted(),
  };
}
