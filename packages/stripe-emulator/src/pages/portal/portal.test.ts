import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configure, openShop, portal, type Shop, subscribe } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;
let id: string;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
  id = subscribe(pages, shop);
});

afterEach(() => pages.close());

function subscription() {
  return pages.emulator.run('test', (ctx) => ctx.get('subscription', id));
}

function customer() {
  return pages.emulator.run('test', (ctx) => ctx.get('customer', shop.customer));
}

test('the portal’s home shows the four sections and the way back', async () => {
  await visitor.open(portal(pages, shop));
  for (const heading of [
    'Current subscription',
    'Payment methods',
    'Billing information',
    'Invoice history',
  ]) {
    expect(visitor.page.html).toContain(`>${heading}</h2>`);
  }
  expect(visitor.text).toContain('Pro $12.00 per month');
  await visitor.follow('← Return to Your business');
  expect(visitor.page.url).toBe('https://app.example/billing');
});

test('a visitor cancels at the end of the period, and takes it back', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Cancel subscription');
  expect(visitor.text).toContain('Confirm cancellation');
  await visitor.press('Cancel subscription');

  const canceling = subscription();
  expect(canceling.cancel_at).toBe(canceling.items.data[0]?.current_period_end);
  expect(canceling.cancel_at_period_end).toBe(false);
  expect(visitor.actions).not.toContain('Cancel subscription');

  await visitor.follow("Don't cancel subscription");
  expect(visitor.text).toContain('renews on');
  await visitor.press("Don't cancel subscription");
  expect(subscription().cancel_at).toBeNull();
  expect(visitor.actions).toContain('Cancel subscription');
});

test('a classic subscription is canceled by its flag', async () => {
  id = pages.create('/v1/subscriptions', {
    customer: shop.customer,
    items: [{ price: shop.prices.teamMonth }],
    billing_mode: { type: 'classic' },
  }).id;
  await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/cancel`);
  await visitor.press('Cancel subscription');
  expect(subscription().cancel_at_period_end).toBe(true);
});

test('canceling drops the change that was scheduled', async () => {
  pages.create('/v1/subscription_schedules', { from_subscription: id });
  expect(subscription().schedule).not.toBeNull();
  await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/cancel`);
  await visitor.press('Cancel subscription');
  expect(subscription().schedule).toBeNull();
  expect(subscription().cancel_at).toBe(subscription().items.data[0]?.current_period_end);
});

test('an immediate cancellation with a reason ends the subscription and keeps the reason', async () => {
  shop.configuration = configure(pages, {
    subscription_cancel: {
      enabled: true,
      mode: 'immediately',
      cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
    },
  });
  await visitor.open(portal(pages, shop));
  await visitor.follow('Cancel subscription');
  expect(visitor.text).toContain('It’s too expensive');
  expect(visitor.text).not.toContain('I no longer need it');
  await visitor.press('Cancel subscription', { feedback: 'too_expensive', comment: 'Sorry' });

  expect(subscription().status).toBe('canceled');
  expect(subscription().cancellation_details).toMatchObject({
    feedback: 'too_expensive',
    comment: 'Sorry',
  });
  expect(visitor.text).toContain('You have no subscription.');
});

test('a visitor switches plan after seeing what is due', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Update subscription');
  expect(visitor.actions).toEqual(expect.arrayContaining(['Monthly', 'Yearly']));
  await visitor.press('Continue', { price: shop.prices.teamMonth });
  expect(visitor.text).toContain('Amount due today $37.00');
  await visitor.press('Confirm');

  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.teamMonth);
  const invoice = pages.emulator.run('test', (ctx) =>
    ctx.get('invoice', subscription().latest_invoice ?? ''),
  );
  expect(invoice).toMatchObject({ status: 'paid', total: 3700 });
  expect(visitor.text).toContain('Team $49.00 per month');
});

test('a cheaper plan says what is credited', async () => {
  const expensive = subscribe(pages, shop, shop.prices.teamMonth);
  const base = portal(pages, shop);
  await visitor.open(`${base}/subscriptions/${expensive}/update`);
  await visitor.press('Continue', { price: shop.prices.proMonth });
  expect(visitor.text).toContain('Amount due today $0.00');
  expect(visitor.text).toContain('Credit toward your next invoices $37.00');
});

test('a quantity within its bounds and a promotion code change the subscription', async () => {
  const coupon = pages.create('/v1/coupons', { percent_off: 50, duration: 'forever' }).id;
  const promotion = { type: 'coupon', coupon };
  pages.create('/v1/promotion_codes', { promotion, code: 'HALF' });
  await visitor.open(portal(pages, shop));
  await visitor.follow('Update subscription');
  await visitor.press('Continue', { quantity: '99' });
  expect(visitor.text).toContain('The quantity must be a whole number from 1 to 10.');
  await visitor.press('Continue', { quantity: '2', code: 'NOPE' });
  expect(visitor.text).toContain('This promotion code is not valid.');
  await visitor.press('Continue', { quantity: '2', code: 'half' });
  await visitor.press('Confirm');

  expect(subscription().items.data[0]?.quantity).toBe(2);
  expect(subscription().discounts).toHaveLength(1);
});

test('a plan that costs more than the card gives stays as it was', async () => {
  const failing = pages.create('/v1/payment_methods/pm_card_chargeCustomerFail/attach', {
    customer: shop.customer,
  });
  pages.create(`/v1/customers/${shop.customer}`, {
    invoice_settings: { default_payment_method: failing.id },
  });
  await visitor.open(portal(pages, shop));
  await visitor.follow('Update subscription');
  await visitor.press('Continue', { price: shop.prices.teamMonth });
  await visitor.press('Confirm');

  expect(visitor.page.status).toBe(402);
  expect(visitor.text).toContain('Your card was declined.');
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.proMonth);
});

test('a plan paid with a card that asks for authentication changes once it is given', async () => {
  const asking = pages.create('/v1/payment_methods/pm_card_authenticationRequired/attach', {
    customer: shop.customer,
  });
  pages.create(`/v1/customers/${shop.customer}`, {
    invoice_settings: { default_payment_method: asking.id },
  });
  await visitor.open(portal(pages, shop));
  await visitor.follow('Update subscription');
  await visitor.press('Continue', { price: shop.prices.teamMonth });
  await visitor.press('Confirm');
  await visitor.press('Fail authentication');
  expect(visitor.text).toContain('We are unable to authenticate your payment method.');
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.proMonth);

  await visitor.press('Confirm');
  await visitor.press('Complete authentication');
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.teamMonth);
  expect(subscription().pending_update).toBeNull();
});

test('a price the configuration does not offer cannot be chosen', async () => {
  const other = pages.create('/v1/prices', {
    product: shop.products.team,
    unit_amount: 1,
    currency: 'usd',
    recurring: { interval: 'month' },
  }).id;
  await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/confirm?price=${other}`);
  expect(visitor.text).toContain('Choose one of the plans.');
});

describe('a plan that the configuration does not name', () => {
  const LEGACY = { unit_amount: 99_900, currency: 'usd', recurring: { interval: 'year' } };
  let legacy: string;

  beforeEach(() => {
    legacy = pages.create('/v1/prices', { ...LEGACY, product: shop.products.pro }).id;
  });

  test('is not offered to others', async () => {
    await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/update?interval=year-1`);
    expect(visitor.page.html).toContain(`value="${shop.prices.proYear}"`);
    expect(visitor.page.html).not.toContain(`value="${legacy}"`);
  });

  test('is shown to whoever has it, who can leave it but not come back', async () => {
    id = subscribe(pages, shop, legacy);
    await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/update`);
    expect(visitor.text).toContain('Pro Current plan $999.00 per year');
    expect(visitor.page.html).toContain(`value="${shop.prices.proYear}"`);
    expect(visitor.page.html).not.toContain(`value="${legacy}"`);
    expect(visitor.field('price')).toBeUndefined();
    await visitor.press('Continue');
    expect(visitor.text).toContain('Choose one of the plans.');

    await visitor.press('Continue', { price: shop.prices.proYear });
    await visitor.press('Confirm');
    expect(subscription().items.data[0]?.price.id).toBe(shop.prices.proYear);
    await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/update`);
    expect(visitor.text).not.toContain('can no longer be chosen');
  });

  test.each([
    ['quantity', []],
    ['promotion_code', ['Update subscription']],
  ])('can be updated if only its %s may be: %j', async (allowed, actions) => {
    shop.configuration = configure(pages, {
      subscription_update: {
        enabled: true,
        default_allowed_updates: [allowed],
        products: [{ product: shop.products.team, prices: [shop.prices.teamMonth] }],
      },
    });
    await visitor.open(portal(pages, shop));
    expect(visitor.actions.filter((action) => action === 'Update subscription')).toEqual(actions);
  });

  test('takes a code', async () => {
    const coupon = pages.create('/v1/coupons', { percent_off: 50, duration: 'forever' }).id;
    pages.create('/v1/promotion_codes', { promotion: { type: 'coupon', coupon }, code: 'HALF' });
    shop.configuration = configure(pages, {
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['promotion_code'],
        products: [{ product: shop.products.team, prices: [shop.prices.teamMonth] }],
      },
    });
    await visitor.open(`${portal(pages, shop)}/subscriptions/${id}/update`);
    await visitor.press('Continue', { code: 'half' });
    await visitor.press('Confirm');
    expect(subscription().discounts).toHaveLength(1);
    expect(subscription().items.data[0]?.price.id).toBe(shop.prices.proMonth);
  });
});

test('a downgrade that the configuration puts off happens when the period ends', async () => {
  shop.configuration = configure(pages, {
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price'],
      proration_behavior: 'none',
      schedule_at_period_end: { conditions: [{ type: 'shortening_interval' }] },
      products: [
        { product: shop.products.pro, prices: [shop.prices.proMonth, shop.prices.proYear] },
      ],
    },
  });
  id = pages.create('/v1/subscriptions', {
    customer: shop.customer,
    items: [{ price: shop.prices.proYear }],
  }).id;
  await visitor.open(
    `${portal(pages, shop)}/subscriptions/${id}/confirm?price=${shop.prices.proMonth}`,
  );
  expect(visitor.text).toContain('Nothing is due today.');
  await visitor.press('Confirm');

  expect(subscription().schedule).not.toBeNull();
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.proYear);
  expect(visitor.text).toContain('Your plan changes to Pro, $12.00 per month, on');

  await visitor.press('Keep current plan');
  expect(visitor.text).toContain('Your plan stays as it is.');
  expect(subscription().schedule).toBeNull();
  expect(visitor.actions).toContain('Update subscription');
});

test('a card is added, made the default, and removed', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Add payment method');
  await visitor.press('Add payment method', { ...CARD, card_number: '5555 5555 5555 4444' });
  expect(visitor.text).toContain('Mastercard •••• 4444 Default');

  await visitor.press('Make default');
  expect(visitor.text).toContain('Visa •••• 4242 Default');

  await visitor.follow('Remove: Mastercard •••• 4444');
  await visitor.press('Remove payment method');
  expect(visitor.text).not.toContain('Mastercard');
});

test('a declined card is not added, and one that asks for authentication is once it is given', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Add payment method');
  await visitor.press('Add payment method', { ...CARD, card_number: '4000000000000002' });
  expect(visitor.text).toContain('Your card was declined.');

  await visitor.press('Add payment method', { ...CARD, card_number: '4000002500003155' });
  await visitor.press('Fail authentication');
  expect(visitor.text).toContain('We are unable to authenticate your payment method.');

  await visitor.press('Add payment method', { ...CARD, card_number: '4000002500003155' });
  await visitor.press('Complete authentication');
  expect(visitor.text).toContain('Visa •••• 3155 Default');
});

test('billing information is saved as far as it may be changed', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Update information');
  await visitor.press('Save', { email: 'not an address' });
  expect(visitor.text).toContain('Your email address is incomplete.');
  await visitor.press('Save', {
    name: 'Augusta Ada King',
    email: 'king@example.com',
    'address.line1': '12 St James’s Square',
    'address.country': 'GB',
    tax_id_type: 'gb_vat',
    tax_id_value: 'GB123456789',
  });
  expect(customer()).toMatchObject({ name: 'Augusta Ada King', email: 'king@example.com' });
  expect(customer().address).toMatchObject({ line1: '12 St James’s Square', country: 'GB' });
  expect(visitor.text).toContain('GB123456789');

  shop.configuration = configure(pages, {
    customer_update: { enabled: true, allowed_updates: ['phone'] },
  });
  await visitor.open(`${portal(pages, shop)}/details`);
  expect(visitor.field('email')).toBeUndefined();
  await visitor.press('Save', { phone: '+1 555', email: 'sneaky@example.com' });
  expect(customer()).toMatchObject({ phone: '+1 555', email: 'king@example.com' });
});

test('a subscription is paused for a while and resumed', async () => {
  await visitor.open(portal(pages, shop));
  await visitor.follow('Pause subscription');
  await visitor.press('Pause subscription');
  expect(subscription().status).toBe('paused');
  await visitor.press('Resume subscription');
  expect(subscription().status).toBe('active');
});

test('what the configuration does not allow is neither shown nor done', async () => {
  shop.configuration = configure(pages, {
    customer_update: { enabled: false },
    invoice_history: { enabled: false },
    payment_method_update: { enabled: false },
    subscription_cancel: { enabled: false },
    subscription_pause: { enabled: false },
  });
  const url = portal(pages, shop);
  await visitor.open(url);
  expect(visitor.actions).toEqual(['← Return to Your business']);
  expect(visitor.text).not.toContain('Invoice history');
  for (const path of [
    `/subscriptions/${id}/cancel`,
    `/subscriptions/${id}/update`,
    `/subscriptions/${id}/pause`,
    '/payment-methods/add',
    '/details',
  ]) {
    await visitor.open(`${url}${path}`);
    expect(visitor.page.status, path).toBe(400);
    const posted = await fetch(`${url}${path}`, { method: 'POST' });
    expect(posted.status, path).toBeGreaterThanOrEqual(400);
  }
});

test('another customer’s subscription and cards are not to be found', async () => {
  const other = pages.create('/v1/customers', { email: 'eve@example.com' }).id;
  const url = portal(pages, { ...shop, customer: other });
  const card = customer().invoice_settings.default_payment_method;
  for (const path of [`/subscriptions/${id}/cancel`, `/payment-methods/${card}/remove`]) {
    await visitor.open(`${url}${path}`);
    expect(visitor.page.status).toBe(404);
    expect((await fetch(`${url}${path}`, { method: 'POST' })).status).toBe(404);
  }
  expect(subscription().cancel_at).toBeNull();
});

test('dates and money follow the session’s locale', async () => {
  await visitor.open(portal(pages, shop, { locale: 'de' }));
  expect(visitor.text.replaceAll('\u00a0', ' ')).toContain('12,00 $ per month');
  const end = new Date((subscription().items.data[0]?.current_period_end ?? 0) * 1000);
  const german = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(end);
  expect(visitor.text).toContain(german);
});

test('a session on behalf of an account shows that account’s subscriptions only', async () => {
  const account = pages.create('/v1/accounts', { business_profile: { name: 'Acme' } }).id;
  await visitor.open(portal(pages, shop, { on_behalf_of: account }));
  expect(visitor.text).toContain('You have no subscription.');
  expect(visitor.text).toContain('Return to Acme');
});

test('a login page lets a customer in by email', async () => {
  const configuration = configure(pages, {}, { login_page: { enabled: true } });
  const url = pages.emulator.run(
    'test',
    (ctx) => ctx.get('billing_portal.configuration', configuration).login_page.url,
  );
  await visitor.open(url ?? '');
  await visitor.press('Continue', { email: 'nobody@example.com' });
  expect(visitor.text).toContain('No customer here has this address.');
  await visitor.press('Continue', { email: 'ada@example.com' });
  expect(visitor.text).toContain('Pro $12.00 per month');
});

test('business profile, terms and privacy are the configuration’s', async () => {
  const business_profile = {
    headline: 'Keel keeps you going',
    privacy_policy_url: 'https://app.example/privacy',
    terms_of_service_url: 'https://app.example/terms',
  };
  shop.configuration = configure(pages, {}, { business_profile });
  await visitor.open(portal(pages, shop));
  expect(visitor.text).toContain('Keel keeps you going');
  expect(visitor.page.html).toContain('href="https://app.example/privacy"');
  expect(visitor.page.html).toContain('href="https://app.example/terms"');
});
