import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';
import { type StartOptions, type StripeHandle, startStripe } from '../src';
import { recurringPrice } from './objects';
import { startReceiver } from './receiver';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An emulator and the SDK in front of it. */
async function start(options: StartOptions = { memory: true }) {
  const emulator = await startStripe({ port: 0, ...options });
  closers.push(emulator.close);
  return { emulator, stripe: sdk(emulator) };
}

function sdk({ url }: StripeHandle, key = 'sk_test_library'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    protocol: 'http',
    host: hostname,
    port,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'stripe-library-'));
  closers.push(() => rmSync(dir, { recursive: true }));
  return dir;
}

describe('the library', () => {
  test('forwards events, signed with the secret it names', async () => {
    const app = await startReceiver();
    closers.push(app.close);
    const { emulator, stripe } = await start({ memory: true, forward: app.url });
    await stripe.customers.create({ name: 'Ada' });
    const [delivery] = await app.until(1);
    const event = Stripe.webhooks.constructEvent(
      delivery?.body ?? '',
      delivery?.signature ?? '',
      emulator.webhookSecret,
    );
    expect(event.type).toBe('customer.created');
    await expect.poll(() => emulator.deliveries()[0]?.state).toBe('succeeded');
    emulator.resend(event.id);
    await app.until(2);
    emulator.reset();
    await stripe.customers.create();
    await app.until(3);
  });

  test.each([
    ['the body that HTTP takes', { advance: { months: 1 } }],
    ['the span alone', { months: 1 }],
  ])('lets time pass, told by %s', async (_, body) => {
    const { emulator, stripe } = await start();
    const price = await recurringPrice(stripe);
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const before = emulator.clock().now;
    const after = await emulator.advance(body);
    expect(after.now).toBeGreaterThan(before + 27 * 24 * 60 * 60);
    await emulator.advance({ to: after.now + 2 * 60 * 60 });
    const { data } = await stripe.invoices.list({ customer: customer.id });
    expect(data.map(({ billing_reason, status }) => [billing_reason, status])).toEqual([
      ['subscription_cycle', 'paid'],
      ['subscription_create', 'paid'],
    ]);
  });

  test('takes the same wishes over HTTP', async () => {
    const { emulator } = await start();
    const post = async (path: string, body: object) => {
      const reply = await fetch(`${emulator.url}/_emulator/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return { status: reply.status, body: await reply.json() };
    };
    expect(await post('clock', { days: 2 })).toEqual({ status: 200, body: emulator.clock() });
    const fault = { on: 'payment', kind: 'fail', decline_code: 'lost_card' };
    expect((await post('faults', fault)).body).toMatchObject(fault);
    expect(emulator.faults()).toMatchObject([fault]);
    expect((await post('nothing', {})).status).toBe(404);
  });

  test('makes requests fail as often as asked, and shows them', async () => {
    const { emulator, stripe } = await start();
    emulator.fault({ on: 'POST /v1/customers', kind: '500', times: 1 });
    await expect(stripe.customers.create()).rejects.toMatchObject({ statusCode: 500 });
    await stripe.customers.create();
    expect(emulator.requests().map(({ status, fault }) => [status, fault])).toEqual([
      [500, '500'],
      [200, null],
    ]);
    emulator.forgetRequests();
    expect(emulator.requests()).toEqual([]);
    emulator.fault({ on: '*', kind: '503' });
    emulator.clearFaults();
    await stripe.customers.create();
  });

  test('keeps and brings back states by name', async () => {
    const { emulator, stripe } = await start();
    const { id } = await stripe.customers.create();
    emulator.saveSnapshot('one-customer');
    emulator.reset();
    expect((await stripe.customers.list()).data).toEqual([]);
    emulator.restoreSnapshot('one-customer');
    expect((await stripe.customers.list()).data.map((customer) => customer.id)).toEqual([id]);
    expect(() => emulator.restoreSnapshot('another')).toThrow("There is no snapshot 'another'.");
  });

  test('changes keys, dunning, tax, the portal and secrets', async () => {
    const { emulator, stripe } = await start();
    emulator.changeKey({ key: 'rk_test_narrow', rights: ['customer_read'] });
    await sdk(emulator, 'rk_test_narrow').customers.list();
    await expect(sdk(emulator, 'rk_test_narrow').prices.list()).rejects.toMatchObject({
      statusCode: 403,
    });
    const billing = { retry_days: [3, 5, 7], after_retries: 'cancel', upcoming_days: 7 };
    expect(emulator.billing()).toEqual(billing);
    expect(emulator.changeBilling({ after_retries: 'unpaid' })).toEqual({
      ...billing,
      after_retries: 'unpaid',
    });
    expect(emulator.changeTax({ DE: 19, FR: 20 })).toEqual({ DE: 19, FR: 20 });
    expect(emulator.changeTax({ FR: null })).toEqual({ DE: 19 });
    expect(emulator.savePortalSettings()).toMatchObject({ is_default: true });
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'http://localhost:9/hook',
      enabled_events: ['customer.created'],
    });
    expect(emulator.rollSecret(endpoint.id, { expires_in: 0 })).toMatchObject({
      id: endpoint.id,
      secret: expect.stringMatching(/^whsec_/),
    });
  });

  test('throws what HTTP would answer', async () => {
    const { emulator } = await start();
    expect(() => emulator.fault({ on: 'payment', kind: '500' })).toThrow(
      'Invalid kind: must be one of fail, requires_action',
    );
    await expect(emulator.advance({ days: -1 })).rejects.toThrow('must be greater than or equal');
    await expect(emulator.advance({ advance: { days: 1 }, days: 1 })).rejects.toThrow('not both');
    await expect(emulator.advance({})).rejects.toThrow('Say how far to advance');
    expect(() => emulator.changeTax({ Germany: 19 })).toThrow('two capital letters');
    expect(() => emulator.changeBilling({ retry_days: [0] })).toThrow('retry_days: 0');
  });

  test('keeps state and secret in its folder, one emulator at a time', async () => {
    const dir = temporaryFolder();
    const first = await start({ dir });
    const { id } = await first.stripe.customers.create();
    await expect(startStripe({ port: 0, dir })).rejects.toThrow('another emulator is using it');
    await first.emulator.close();
    await first.emulator.close();
    const second = await start({ dir });
    expect(second.emulator.webhookSecret).toBe(first.emulator.webhookSecret);
    expect((await second.stripe.customers.retrieve(id)).id).toBe(id);
  });

  test('takes over the folder of an emulator that was killed', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'lock'), '');
    await start({ dir });
  });

  test('keeps keys apart, if asked to: seeds and forwarding are for each of them', async () => {
    const receiver = await startReceiver();
    closers.push(receiver.close);
    const seed = { products: [{ id: 'prod_pro', name: 'Pro' }] };
    const { emulator } = await start({
      memory: true,
      isolateKeys: true,
      seed,
      forward: receiver.url,
    });
    const one = sdk(emulator, 'sk_test_one');
    const other = sdk(emulator, 'sk_test_other');
    const { id } = await one.customers.create();
    await receiver.until(1);
    await expect(other.customers.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
    expect((await other.customers.list()).data).toEqual([]);
    expect((await other.products.retrieve('prod_pro')).name).toBe('Pro');
    const account = await other.accounts.create({ type: 'standard' });
    const of = { stripeAccount: account.id };
    await other.customers.create({}, of);
    await expect(one.customers.list({}, of)).rejects.toMatchObject({ statusCode: 403 });
    emulator.savePortalSettings({ key: 'sk_test_one' });
    const { url } = await one.billingPortal.sessions.create({
      customer: id,
      return_url: 'https://app.example',
    });
    expect((await fetch(url)).status).toBe(200);
    await expect(
      other.billingPortal.sessions.create({
        customer: (await other.customers.create()).id,
        return_url: 'https://app.example',
      }),
    ).rejects.toThrow('No configuration provided');
    emulator.trigger({ event: 'customer.created', key: 'sk_test_other' });
    expect((await one.customers.list()).data).toHaveLength(1);
    emulator.reset();
    expect((await one.customers.list()).data).toEqual([]);
    expect((await one.products.list()).data).toHaveLength(1);
  });

  test('shows the name of the business on its pages', async () => {
    const { emulator, stripe } = await start({ memory: true, name: 'Lovelace & Co' });
    emulator.savePortalSettings();
    const { id } = await stripe.customers.create();
    const { url } = await stripe.billingPortal.sessions.create({
      customer: id,
      return_url: 'http://localhost/',
    });
    expect(await (await fetch(url)).text()).toContain('Lovelace &amp; Co');
  });

  test('says which option cannot be used', async () => {
    await expect(startStripe({ port: 70_000 })).rejects.toThrow('port must be a whole number');
    const misspelt: object = { prot: 1 };
    await expect(startStripe(misspelt)).rejects.toThrow('prot is no option');
    const { emulator } = await start();
    await expect(
      startStripe({ memory: true, port: Number(new URL(emulator.url).port) }),
    ).rejects.toThrow('is in use');
  });
});
