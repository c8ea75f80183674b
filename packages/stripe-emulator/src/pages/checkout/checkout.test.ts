import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
});

afterEach(() => pages.close());

function checkout(params: object = {}) {
  return pages.create('/v1/checkout/sessions', {
    mode: 'subscription',
    customer: shop.customer,
    line_items: [{ price: shop.prices.proMonth, quantity: 1 }],
    success_url: 'https://app.example/return?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://app.example/pricing',
    ...params,
  });
}

function onlySubscription() {
  return pages.emulator.run('test', (ctx) => [...ctx.world.subscription.walk()]);
}

test('a visitor subscribes with a test card and goes to the success page with the session’s id', async () => {
  const session = checkout();
  await visitor.open(session.url);
  expect(visitor.text).toContain('$12.00');
  expect(visitor.field('email')).toBe('ada@example.com');

  await visitor.press('Subscribe', CARD);

  expect(visitor.page.status).toBe(303);
  expect(visitor.page.url).toBe(`https://app.example/return?session=${session.id}`);
  expect(onlySubscription().map(({ status }) => status)).toEqual(['active']);
});

test('a visitor without a customer gives an email address, which becomes a customer', async () => {
  await visitor.open(checkout({ customer: undefined }).url);
  await visitor.press('Subscribe', { ...CARD, email: 'new@example.com' });

  expect(visitor.page.status).toBe(303);
  const [subscription] = onlySubscription();
  const customer = pages.emulator.run('test', (ctx) =>
    ctx.find('customer', subscription?.customer ?? ''),
  );
  expect(customer?.email).toBe('new@example.com');
});

test('a declined card leaves the form as it was, but for the number and the security code', async () => {
  await visitor.open(checkout().url);
  await visitor.press('Subscribe', { ...CARD, card_number: '4000000000000002' });

  expect(visitor.text).toContain('Your card was declined.');
  expect(visitor.field('name')).toBe('Ada');
  expect(visitor.field('card_number')).toBe('');
  expect(visitor.field('cvc')).toBe('');
  expect(onlySubscription()).toEqual([]);

  await visitor.press('Subscribe', CARD);
  expect(visitor.page.status).toBe(303);
});

test('a card that is not one of Stripe’s test cards is refused and kept nowhere', async () => {
  await visitor.open(checkout().url);
  await visitor.press('Subscribe', { ...CARD, card_number: '4111 1111 1111 1111' });

  expect(visitor.text).toContain('accepts only test cards such as 4242 4242 4242 4242');
  expect(visitor.page.html).not.toContain('4111');
  expect(pages.emulator.run('test', (ctx) => ctx.world.payment_method.size)).toBe(0);
});

test('mistakes in the form are said beside their fields', async () => {
  await visitor.open(checkout({ customer: undefined }).url);
  await visitor.press('Subscribe', {
    ...CARD,
    email: 'x@example.com',
    card_number: '4242',
    cvc: '1',
    expiration: '13/20',
  });

  expect(visitor.text).toContain('Your card number is incomplete.');
  expect(visitor.text).toContain("Your card's expiration date is invalid.");
  expect(visitor.text).toContain("Your card's security code is incomplete.");
  expect(visitor.field('email')).toBe('x@example.com');
});

test('a card that needs authentication pays once its holder has given it', async () => {
  await visitor.open(checkout().url);
  const asking = { ...CARD, card_number: '4000002760003184' };
  await visitor.press('Subscribe', asking);
  await visitor.press('Fail authentication');
  expect(visitor.text).toContain('We are unable to authenticate your payment method.');
  expect(onlySubscription()).toEqual([]);

  await visitor.press('Subscribe', asking);
  await visitor.press('Complete authentication');
  expect(visitor.page.status).toBe(303);
  expect(onlySubscription().map(({ status }) => status)).toEqual(['active']);
});

test('a trial is started without a payment', async () => {
  await visitor.open(checkout({ subscription_data: { trial_period_days: 14 } }).url);
  expect(visitor.text).toContain('14 days free');

  await visitor.press('Start trial', CARD);

  expect(visitor.page.status).toBe(303);
  expect(onlySubscription().map(({ status }) => status)).toEqual(['trialing']);
});

test('a promotion code lowers the price, and a wrong one says so', async () => {
  const coupon = pages.create('/v1/coupons', { percent_off: 25, duration: 'forever' }).id;
  const promotion = { type: 'coupon', coupon };
  pages.create('/v1/promotion_codes', { promotion, code: 'FRIENDS' });
  await visitor.open(checkout({ allow_promotion_codes: true }).url);

  await visitor.press('Apply', { code: 'NOBODY' });
  expect(visitor.text).toContain('This code is invalid.');

  await visitor.press('Apply', { code: 'friends' });
  expect(visitor.text).toContain('Total due today $9.00');
  await visitor.press('Subscribe', CARD);
  expect(visitor.page.status).toBe(303);
  expect(onlySubscription()[0]?.discounts).toHaveLength(1);
});

test('a quantity that may be changed is changed', async () => {
  const line = {
    price: shop.prices.proMonth,
    quantity: 1,
    adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
  };
  const session = checkout({ line_items: [line] });
  await visitor.open(session.url);
  const name = /name="(quantity\.[^"]+)"/.exec(visitor.page.html)?.[1] ?? '';
  await visitor.press('Apply', { [name]: '3' });
  expect(visitor.text).toContain('Total due today $36.00');

  await visitor.press('Subscribe', CARD);
  expect(onlySubscription()[0]?.items.data[0]?.quantity).toBe(3);
});

test('a saved card that may be shown again pays without being typed again', async () => {
  const card = pages.create('/v1/payment_methods', {
    type: 'card',
    allow_redisplay: 'always',
    card: { token: 'tok_visa' },
  });
  pages.create(`/v1/payment_methods/${card.id}/attach`, { customer: shop.customer });
  await visitor.open(checkout().url);
  expect(visitor.text).toContain('Visa •••• 4242');

  await visitor.press('Subscribe');
  expect(onlySubscription()[0]?.default_payment_method).toBe(card.id);
});

test('an address, a phone number and consent are asked for where the session says so', async () => {
  await visitor.open(
    checkout({
      billing_address_collection: 'required',
      phone_number_collection: { enabled: true },
      customer: undefined,
    }).url,
  );
  await visitor.press('Subscribe', { ...CARD, email: 'new@example.com' });
  expect(visitor.text).toContain('Your phone number is incomplete.');
  expect(visitor.text).toContain('Choose a country.');

  await visitor.press('Subscribe', {
    ...CARD,
    card_number: '4000002760003184',
    phone: '+44 20 7946 0000',
    'address.country': 'GB',
    'address.line1': '12 St James’s Square',
    'address.city': 'London',
  });
  await visitor.press('Complete authentication');
  expect(visitor.page.status).toBe(303);
  const [subscription] = onlySubscription();
  const customer = pages.emulator.run('test', (ctx) =>
    ctx.get('customer', subscription?.customer ?? ''),
  );
  expect(customer.address).toMatchObject({ country: 'GB', city: 'London' });
  expect(customer.phone).toBe('+44 20 7946 0000');
});

test('a new card that is refused stays the choice beside saved ones', async () => {
  const card = pages.create('/v1/payment_methods', {
    type: 'card',
    allow_redisplay: 'always',
    card: { token: 'tok_visa' },
  });
  pages.create(`/v1/payment_methods/${card.id}/attach`, { customer: shop.customer });
  await visitor.open(checkout().url);
  const declined = { ...CARD, card_number: '4000000000000002' };
  await visitor.press('Subscribe', { payment_method: 'new', ...declined });
  expect(visitor.text).toContain('Your card was declined.');
  expect(visitor.field('payment_method')).toBe('new');
});

test('a session that is over says so', async () => {
  const paid = checkout();
  await visitor.open(paid.url);
  await visitor.press('Subscribe', CARD);
  await visitor.open(paid.url);
  expect(visitor.text).toContain('You’re all done here');

  const ended = checkout({ customer: undefined });
  pages.create(`/v1/checkout/sessions/${ended.id}/expire`, {});
  await visitor.open(ended.url);
  expect(visitor.text).toContain('This checkout has expired');

  await visitor.open(`${pages.url}/c/pay/cs_test_nothing`);
  expect(visitor.page.status).toBe(404);
});

test('the way to the success page waits for the app to have answered the webhook', async () => {
  const order: string[] = [];
  const app = createServer((request, response) => {
    request.resume().on('end', () => {
      order.push('webhook answered');
      response.end();
    });
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const address = app.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  pages.create('/v1/webhook_endpoints', {
    url: `http://127.0.0.1:${port}/`,
    enabled_events: ['checkout.session.completed'],
  });

  await visitor.open(checkout().url);
  await visitor.press('Subscribe', CARD);
  order.push('redirected');
  app.close();

  expect(order).toEqual(['webhook answered', 'redirected']);
});

test('pages are not cached, framed, or named in referrers', async () => {
  const { headers } = await visitor.open(checkout().url);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});
