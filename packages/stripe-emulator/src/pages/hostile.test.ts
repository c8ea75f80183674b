import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configure, openShop, portal, type Shop, subscribe } from '../../test/shop';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

let pages: TestEmulator;
let shop: Shop;
let other: { customer: string; card: string; subscription: string };

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  const { stripe } = pages;
  const { id: customer } = await stripe.customers.create({ email: 'eve@example.com' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const subscription = await stripe.subscriptions.create({
    customer,
    default_payment_method: card.id,
    items: [{ price: shop.prices.proMonth }],
  });
  other = { customer, card: card.id, subscription: subscription.id };
});

afterEach(() => pages.close());

function post(url: string, fields: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

function open(url: string): Promise<Response> {
  return fetch(url, { redirect: 'manual' });
}

function checkout(params: object = {}) {
  return pages.create('/v1/checkout/sessions', {
    mode: 'subscription',
    customer: shop.customer,
    line_items: [{ price: shop.prices.proMonth, quantity: 1 }],
    success_url: 'https://app.example/return',
    ...params,
  });
}

async function openInvoice(customer: string) {
  const { stripe } = pages;
  const send = { collection_method: 'send_invoice', days_until_due: 3 } as const;
  const { id } = await stripe.invoices.create({ customer, ...send });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 900, currency: 'usd' });
  const { hosted_invoice_url: url } = await stripe.invoices.finalizeInvoice(id);
  return { id, url: url ?? '' };
}

async function subscriptions(): Promise<number> {
  const { data } = await pages.stripe.subscriptions.list({ customer: shop.customer });
  return data.length;
}

describe('Checkout', () => {
  test('takes no card of somebody else, and charges it nothing', async () => {
    const { id, url } = checkout();
    expect((await post(url, { payment_method: other.card })).status).toBe(402);
    expect((await post(url, { payment_method: 'pm_none' })).status).toBe(402);
    expect(await pages.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
    const charges = await pages.stripe.charges.list({ customer: other.customer });
    expect(charges.data).toHaveLength(1);
  });

  test('keeps its price whatever the address and the form say', async () => {
    await pages.stripe.coupons.create({ id: 'free', percent_off: 100, duration: 'forever' });
    await pages.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'free' },
      code: 'FREE',
    });
    const { id, url } = checkout();
    const [line] = (await pages.stripe.checkout.sessions.listLineItems(id)).data;
    const forged = { ...CARD, amount_total: '1', quantity: '0', price: shop.prices.teamMonth };
    const query = new URLSearchParams({ code: 'FREE', [`quantity.${line?.id}`]: '0' });
    expect((await post(`${url}?${query}`, forged)).status).toBe(303);
    expect(await pages.stripe.checkout.sessions.retrieve(id)).toMatchObject({
      amount_total: 1200,
      status: 'complete',
    });
  });

  test('is paid once, however often it is sent', async () => {
    const { url } = checkout();
    const replies = await Promise.all([post(url, CARD), post(url, CARD), post(url, CARD)]);
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await subscriptions()).toBe(1);
    const charges = await pages.stripe.charges.list({ customer: shop.customer });
    expect(charges.data).toHaveLength(1);
  });

  test('takes nothing once it is expired, or its customer is gone', async () => {
    const expired = checkout();
    await pages.stripe.checkout.sessions.expire(expired.id);
    const late = checkout();
    const orphan = checkout({ customer: other.customer });
    await pages.stripe.customers.del(other.customer);
    await pages.control('POST', 'clock', { advance: { hours: 23 } });
    expect((await open(orphan.url)).status).toBe(410);
    await pages.control('POST', 'clock', { advance: { hours: 2 } });
    for (const { url } of [expired, late, orphan]) {
      expect((await open(url)).status).toBe(410);
      expect((await post(url, CARD)).status).toBe(410);
    }
    expect(await subscriptions()).toBe(0);
  });
});

describe('the portal', () => {
  test('changes nothing of another customer, whatever ID is put into its addresses', async () => {
    const { stripe } = pages;
    const waiting = await stripe.setupIntents.create({
      customer: other.customer,
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'https://app.example',
    });
    const before = await stripe.events.list({ limit: 100 });
    const url = portal(pages, shop);
    for (const path of [
      `subscriptions/${other.subscription}/cancel`,
      `subscriptions/${other.subscription}/update`,
      `subscriptions/${other.subscription}/confirm`,
      `subscriptions/${other.subscription}/pause`,
      `payment-methods/${other.card}/default`,
      `payment-methods/${other.card}/remove`,
      `payment-methods/authenticate/${waiting.id}`,
    ]) {
      const answer = { authentication: 'complete', price: shop.prices.teamMonth };
      expect((await post(`${url}/${path}`, answer)).status, path).toBeGreaterThanOrEqual(400);
    }
    const about = (events: typeof before) =>
      events.data.filter(({ type }) => !type.startsWith('billing_portal.')).map(({ id }) => id);
    expect(about(await stripe.events.list({ limit: 100 }))).toEqual(about(before));
    expect(await stripe.setupIntents.retrieve(waiting.id)).toMatchObject({
      status: 'requires_action',
    });
  });

  test('changes only what the configuration allows', async () => {
    const id = subscribe(pages, shop);
    const nothing = { enabled: false };
    const configuration = configure(pages, {
      customer_update: { enabled: true, allowed_updates: ['name'] },
      payment_method_update: nothing,
      subscription_cancel: nothing,
      subscription_pause: nothing,
      subscription_update: nothing,
    });
    const url = portal(pages, shop, { configuration });
    for (const path of ['cancel', 'confirm', 'pause', 'renew', 'resume', 'keep']) {
      const reply = await post(`${url}/subscriptions/${id}/${path}`, {
        price: shop.prices.teamMonth,
      });
      expect(reply.status, path).toBeGreaterThanOrEqual(400);
    }
    expect((await post(`${url}/payment-methods/add`, CARD)).status).toBe(400);
    await post(`${url}/details`, { name: 'Grace', email: 'eve@example.com' });
    expect(await pages.stripe.customers.retrieve(shop.customer)).toMatchObject({
      email: 'ada@example.com',
      name: 'Grace',
    });
    expect(await pages.stripe.subscriptions.retrieve(id)).toMatchObject({
      cancel_at: null,
      status: 'active',
    });
  });

  test('does nothing for an expired link, or for a customer who is gone', async () => {
    const id = subscribe(pages, shop);
    const url = portal(pages, shop);
    await pages.control('POST', 'clock', { advance: { minutes: 6 } });
    expect((await post(`${url}/subscriptions/${id}/cancel`)).status).toBe(410);
    expect(await pages.stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at: null });

    const gone = portal(pages, { ...shop, customer: other.customer });
    await pages.stripe.customers.del(other.customer);
    expect((await open(gone)).status).toBe(410);
    expect((await post(`${gone}/details`, { name: 'Eve' })).status).toBe(410);
  });
});

describe('an invoice’s page', () => {
  test('takes no card of somebody else', async () => {
    const invoice = await openInvoice(shop.customer);
    expect((await post(invoice.url, { payment_method: other.card })).status).toBe(402);
    expect(await pages.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'open' });
  });

  test('takes one payment, and none once it is void', async () => {
    const invoice = await openInvoice(shop.customer);
    await Promise.all([post(invoice.url, CARD), post(invoice.url, CARD)]);
    const charges = await pages.stripe.charges.list({ customer: shop.customer });
    expect(charges.data).toHaveLength(1);

    const canceled = await openInvoice(shop.customer);
    await pages.stripe.invoices.voidInvoice(canceled.id);
    await post(canceled.url, CARD);
    expect(await pages.stripe.invoices.retrieve(canceled.id)).toMatchObject({ status: 'void' });
  });
});

describe('an address', () => {
  test('cannot be made from an ID that somebody knows', async () => {
    const invoice = await openInvoice(other.customer);
    const named = Buffer.from(`test ${invoice.id}`).toString('base64url');
    const token = invoice.url.split('/').at(-1) ?? '';
    expect(token).toContain(named);
    const signature = token.slice('test_'.length, -named.length);
    const forged = [
      `test_${named}`,
      `test_${'A'.repeat(signature.length)}${named}`,
      `test_${signature}${Buffer.from('test in_other').toString('base64url')}`,
    ];
    expect((await open(invoice.url)).status).toBe(200);
    for (const token of forged) {
      for (const path of ['i', 'a', 'b', 'p/session']) {
        expect((await open(`${pages.url}/${path}/${token}`)).status).toBe(404);
      }
    }
  });

  test('of one page opens no other', async () => {
    const invoice = await openInvoice(shop.customer);
    const token = invoice.url.split('/').at(-1);
    for (const path of ['a', 'b', 'p/session', 'i/credit_notes']) {
      const url = `${pages.url}/${path}/${token}${path.includes('credit') ? '/pdf' : ''}`;
      expect((await open(url)).status, path).toBe(404);
    }
  });

  test.each(['%E0%A4%A', '%00', '__proto__', 'constructor', '..%2f..', 'x'.repeat(5_000)])(
    'that is nonsense is not found, and no mistake of the emulator: %s',
    async (nonsense) => {
      for (const path of ['a', 'b', 'c/pay', 'i', 'p/session', 'p/login']) {
        expect((await open(`${pages.url}/${path}/${nonsense}`)).status, path).toBe(404);
        expect((await post(`${pages.url}/${path}/${nonsense}`, CARD)).status, path).toBe(404);
      }
    },
  );
});
