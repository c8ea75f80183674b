import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';
import { type Seed, type StartOptions, startStripe } from '../src';
import { startReceiver } from './receiver';

const seed: Seed = {
  products: [{ id: 'prod_pro', name: 'Pro' }],
  prices: [
    {
      id: 'price_pro',
      product: 'prod_pro',
      currency: 'usd',
      unit_amount: 1200,
      recurring: { interval: 'month' },
    },
  ],
  coupons: [{ id: 'half', percent_off: 50, duration: 'once' }],
  promotion_codes: [
    { id: 'promo_half', code: 'HALF', promotion: { type: 'coupon', coupon: 'half' } },
  ],
  configurations: [{ id: 'bpc_all', features: { invoice_history: { enabled: true } } }],
  customers: [
    {
      id: 'cus_ada',
      email: 'ada@example.com',
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    },
  ],
  subscriptions: [{ id: 'sub_ada', customer: 'cus_ada', items: [{ price: 'price_pro' }] }],
};

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: StartOptions) {
  const emulator = await startStripe({ port: 0, ...options });
  closers.push(emulator.close);
  const { hostname: host, port } = new URL(emulator.url);
  const stripe = new Stripe('sk_test_seed', { protocol: 'http', host, port, telemetry: false });
  return { emulator, stripe };
}

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'stripe-seed-'));
  closers.push(() => rmSync(dir, { recursive: true }));
  return dir;
}

describe('a seed', () => {
  test('is there from the beginning, with the ids it gives', async () => {
    const { stripe } = await start({ memory: true, seed });
    expect(await stripe.subscriptions.retrieve('sub_ada')).toMatchObject({
      status: 'active',
      customer: 'cus_ada',
      items: { data: [{ price: { id: 'price_pro', product: 'prod_pro' } }] },
    });
    expect((await stripe.promotionCodes.list({ code: 'half' })).data).toMatchObject([
      { id: 'promo_half' },
    ]);
    const session = await stripe.billingPortal.sessions.create({
      customer: 'cus_ada',
      configuration: 'bpc_all',
      return_url: 'http://localhost/',
    });
    expect((await fetch(session.url)).status).toBe(200);
    const others = await stripe.customers.create();
    expect(others.id).toMatch(/^cus_\w{14}$/);
  });

  test('is there again after a reset, and tells no webhook', async () => {
    const app = await startReceiver();
    closers.push(app.close);
    const { emulator, stripe } = await start({ memory: true, seed, forward: app.url });
    await stripe.subscriptions.cancel('sub_ada');
    await app.until(1);
    emulator.reset();
    expect(await stripe.subscriptions.retrieve('sub_ada')).toMatchObject({ status: 'active' });
    expect(emulator.deliveries()).toEqual([]);
  });

  test('comes from a file, and leaves alone what is there already', async () => {
    const dir = temporaryFolder();
    const file = join(dir, 'seed.json');
    writeFileSync(file, JSON.stringify(seed));
    const first = await start({ dir: join(dir, 'state'), seed: file });
    await first.stripe.customers.update('cus_ada', { name: 'Ada' });
    await first.emulator.close();
    const second = await start({ dir: join(dir, 'state'), seed: file });
    expect(await second.stripe.customers.retrieve('cus_ada')).toMatchObject({ name: 'Ada' });
    expect((await second.stripe.invoices.list()).data).toHaveLength(1);
  });

  test.each<[string, Seed | string, string]>([
    ['is missing', '/nowhere/seed.json', 'The seed /nowhere/seed.json cannot be read: ENOENT'],
    [
      'names what is not there',
      { prices: [{ id: 'price_x', product: 'prod_x', currency: 'usd', unit_amount: 1 }] },
      "The seed's prices have price_x, which cannot be created: No such product: 'prod_x'",
    ],
    [
      'has an id of another kind',
      { customers: [{ id: 'ada' }] },
      "The seed's customers have ada, which cannot be created: its id must begin with cus_",
    ],
    [
      'has a parameter that the API does not know',
      { customers: [{ id: 'cus_ada', emale: 'ada@example.com' }] },
      "The seed's customers have cus_ada, which cannot be created: Received unknown parameter: emale",
    ],
  ])('that %s ends the start with a sentence', async (_, wrong, message) => {
    await expect(startStripe({ port: 0, memory: true, seed: wrong })).rejects.toThrow(message);
  });

  test('has no other kinds, and every object has an id', async () => {
    const folder = temporaryFolder();
    for (const [content, message] of [
      ['{ "invoices": [] }', 'Unrecognized key: "invoices"'],
      ['{ "customers": [{}] }', 'customers.0.id: Invalid input'],
      ['{ "customers": {} }', 'customers: Invalid input'],
    ] as const) {
      const file = join(folder, 'seed.json');
      writeFileSync(file, content);
      await expect(startStripe({ port: 0, memory: true, seed: file })).rejects.toThrow(message);
    }
  });
});
