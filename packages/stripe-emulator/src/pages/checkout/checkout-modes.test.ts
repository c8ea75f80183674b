import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };
const GUEST = { ...CARD, email: 'guest@example.com' };

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
});

afterEach(() => pages.close());

function checkout(params: object) {
  const success_url = 'https://app.example/thanks?session={CHECKOUT_SESSION_ID}';
  return pages.create('/v1/checkout/sessions', { success_url, ...params });
}

/** A session that sells two of something for $15.00 each. */
function payment(params: object = {}) {
  const price_data = { currency: 'usd', unit_amount: 1500, product_data: { name: 'Poster' } };
  return checkout({ mode: 'payment', line_items: [{ price_data, quantity: 2 }], ...params });
}

function read(id: string, expand: string[] = []) {
  return pages.emulator.call('test', 'GET', `/v1/checkout/sessions/${id}`, { expand });
}

function eventTypes(): string[] {
  return pages.emulator.run('test', (ctx) =>
    [...ctx.world.event.walk('oldest')].map(({ type }) => type),
  );
}

describe('in mode payment', () => {
  test('a guest pays once and becomes no customer', async () => {
    const session = payment({
      metadata: { order: '7' },
      payment_intent_data: { description: 'Order 7', metadata: { order: '7' } },
    });
    expect(read(session.id)).toMatchObject({
      amount_total: 3000,
      customer_creation: 'if_required',
      payment_intent: null,
      payment_status: 'unpaid',
    });
    await visitor.open(session.url);
    expect(visitor.text).toContain('$30.00');
    expect(visitor.text).not.toContain('future payments');
    await visitor.press('Pay', GUEST);

    expect(visitor.page.url).toBe(`https://app.example/thanks?session=${session.id}`);
    expect(read(session.id, ['payment_intent.latest_charge'])).toMatchObject({
      customer: null,
      customer_details: { email: 'guest@example.com' },
      invoice: null,
      payment_intent: {
        amount_received: 3000,
        description: 'Order 7',
        latest_charge: { amount: 3000, metadata: { order: '7' }, paid: true },
        metadata: { order: '7' },
        status: 'succeeded',
      },
      payment_status: 'paid',
      status: 'complete',
    });
    expect(eventTypes().slice(-5)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
      'checkout.session.completed',
    ]);
  });

  test('a card is kept only for later payments', async () => {
    const cards = () =>
      pages.emulator.call('test', 'GET', `/v1/customers/${shop.customer}/payment_methods`);
    await visitor.open(payment({ customer: shop.customer }).url);
    await visitor.press('Pay', CARD);
    expect(cards()).toMatchObject({ data: [] });

    const kept = { payment_intent_data: { setup_future_usage: 'off_session' } };
    await visitor.open(payment({ customer: shop.customer, ...kept }).url);
    await visitor.press('Pay', CARD);
    expect(cards()).toMatchObject({ data: [{ card: { last4: '4242' } }] });
  });

  test('an invoice is made of it where one is asked for', async () => {
    const session = payment({
      allow_promotion_codes: true,
      invoice_creation: { enabled: true, invoice_data: { footer: 'Thank you' } },
      payment_intent_data: { metadata: { order: '8' } },
    });
    const coupon = pages.create('/v1/coupons', { percent_off: 10, duration: 'once' }).id;
    pages.create('/v1/promotion_codes', { promotion: { type: 'coupon', coupon }, code: 'TEN' });
    await visitor.open(session.url);
    await visitor.press('Apply', { code: 'TEN' });
    await visitor.press('Pay', GUEST);
    expect(read(session.id, ['invoice', 'customer', 'payment_intent'])).toMatchObject({
      amount_subtotal: 3000,
      amount_total: 2700,
      customer: { email: 'guest@example.com' },
      invoice: { amount_paid: 2700, footer: 'Thank you', status: 'paid' },
      payment_intent: { metadata: { order: '8' }, status: 'succeeded' },
      total_details: { amount_discount: 300 },
    });
  });

  test('an open page holds a customer to no currency', () => {
    const customer = shop.customer;
    payment({ customer, currency: 'usd' });
    const price_data = { currency: 'eur', unit_amount: 900, product_data: { name: 'Euro' } };
    const line = { price_data: { ...price_data, recurring: { interval: 'month' } }, quantity: 1 };
    expect(checkout({ mode: 'subscription', customer, line_items: [line] }).url).toContain('/c/');
  });

  test('what costs nothing is taken without a card', async () => {
    const coupon = pages.create('/v1/coupons', { percent_off: 100, duration: 'once' }).id;
    const session = payment({ discounts: [{ coupon }] });
    await visitor.open(session.url);
    await visitor.press('Pay', { email: 'guest@example.com' });
    expect(read(session.id)).toMatchObject({
      payment_intent: null,
      payment_status: 'no_payment_required',
      status: 'complete',
    });
  });

  test.each([{ invoice_creation: { enabled: true } }, {}])(
    'a declined or unauthenticated card leaves nothing behind (%j)',
    async (params) => {
      const session = payment(params);
      await visitor.open(session.url);
      await visitor.press('Pay', { ...GUEST, card_number: '4000000000009995' });
      expect(visitor.text).toContain('Your card has insufficient funds.');
      await visitor.press('Pay', { ...GUEST, card_number: '4000002760003184' });
      await visitor.press('Fail authentication');
      expect(visitor.text).toContain('We are unable to authenticate your payment method.');
      const left = pages.emulator.run('test', ({ world }) =>
        [world.payment_intent, world.charge, world.invoice].map(({ size }) => size),
      );
      expect(left).toEqual([0, 0, 0]);

      await visitor.press('Pay', { ...GUEST, card_number: '4000002760003184' });
      await visitor.press('Complete authentication');
      expect(read(session.id)).toMatchObject({ payment_status: 'paid' });
    },
  );
});

test('in mode subscription, what is sold once is on the first invoice', async () => {
  const price_data = { currency: 'usd', unit_amount: 5000, product_data: { name: 'Set-up' } };
  const session = checkout({
    mode: 'subscription',
    customer: shop.customer,
    line_items: [
      { price: shop.prices.proMonth, quantity: 1 },
      { price_data, quantity: 1 },
    ],
  });
  await visitor.open(session.url);
  expect(visitor.text).toContain('$62.00');
  await visitor.press('Subscribe', CARD);
  expect(read(session.id, ['invoice'])).toMatchObject({
    amount_total: 6200,
    invoice: { amount_paid: 6200, billing_reason: 'subscription_create' },
  });
});

describe('in mode setup', () => {
  test('a card is saved with a customer, and nothing is charged', async () => {
    const session = checkout({
      mode: 'setup',
      currency: 'usd',
      customer: shop.customer,
      setup_intent_data: { metadata: { reason: 'new card' } },
    });
    expect(read(session.id, ['setup_intent'])).toMatchObject({
      amount_total: null,
      payment_status: 'no_payment_required',
      setup_intent: { customer: shop.customer, status: 'requires_payment_method' },
    });
    await visitor.open(session.url);
    expect(visitor.text).toContain('Nothing is charged today.');
    await visitor.press('Save card', CARD);
    expect(read(session.id, ['setup_intent.payment_method'])).toMatchObject({
      setup_intent: {
        metadata: { reason: 'new card' },
        payment_method: { card: { last4: '4242' }, customer: shop.customer },
        status: 'succeeded',
      },
      status: 'complete',
    });
    expect(eventTypes().slice(-2)).toEqual([
      'setup_intent.succeeded',
      'checkout.session.completed',
    ]);
  });

  test('a card that cannot be saved is refused, with a customer and without', async () => {
    for (const customer of [shop.customer, undefined]) {
      const session = checkout({ mode: 'setup', currency: 'usd', customer });
      await visitor.open(session.url);
      await visitor.press('Save card', { ...GUEST, card_number: '4000000000000002' });
      expect(visitor.text).toContain('Your card was declined.');
      expect(read(session.id)).toMatchObject({ status: 'open' });
    }
  });
});

describe('what a mode does not take is refused', () => {
  const refusals: [title: string, params: object, param: string, message: RegExp][] = [
    [
      'a recurring price in payment',
      { mode: 'payment', line_items: [{ price: 'PRO', quantity: 1 }] },
      'line_items[0]',
      /^You specified `payment` mode but passed a recurring price\./,
    ],
    [
      'subscription_data in payment',
      { mode: 'payment', subscription_data: { description: 'x' } },
      'subscription_data',
      /^You can not pass `subscription_data` in `payment` mode\./,
    ],
    [
      'payment_intent_data in subscription',
      { mode: 'subscription', payment_intent_data: { description: 'x' } },
      'payment_intent_data',
      /^You can not pass `payment_intent_data` in `subscription` mode\./,
    ],
    [
      'things in setup',
      { mode: 'setup', currency: 'usd', line_items: [{ price: 'PRO', quantity: 1 }] },
      'line_items',
      /^You can not pass `line_items` in `setup` mode\./,
    ],
    ['setup without a currency', { mode: 'setup' }, 'currency', /^Missing required param/],
    [
      'a page embedded in another',
      { mode: 'setup', currency: 'usd', ui_mode: 'embedded_page' },
      'ui_mode',
      /`hosted_page` only, not `embedded_page`/,
    ],
    [
      'where an embedded page returns to',
      { mode: 'setup', currency: 'usd', return_url: 'https://app.example' },
      'return_url',
      /^You can not pass `return_url`/,
    ],
  ];
  test.each(refusals)('%s', (_title, params, param, message) => {
    const asked = JSON.parse(JSON.stringify(params).replace('PRO', shop.prices.proMonth));
    expect(() => checkout(asked)).toThrow(
      expect.objectContaining({
        body: expect.objectContaining({ param, message: expect.stringMatching(message) }),
      }),
    );
  });
});
