import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, portal, type Shop, subscribe } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };
const redirect = { type: 'redirect', redirect: { return_url: 'https://app.example/done' } };

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

test('a payment method flow is the one page, and its card becomes the default', async () => {
  const url = portal(pages, shop, {
    flow_data: { type: 'payment_method_update', after_completion: redirect },
  });
  await visitor.open(url);
  expect(visitor.actions).not.toContain('← Go back');
  await visitor.press('Add payment method', { ...CARD, card_number: '5555555555554444' });
  expect(visitor.page.url).toBe('https://app.example/done');
  const customer = pages.emulator.run('test', (ctx) => ctx.get('customer', shop.customer));
  const method = pages.emulator.run('test', (ctx) =>
    ctx.get('payment_method', customer.invoice_settings.default_payment_method ?? ''),
  );
  expect(method.card?.last4).toBe('4444');

  await visitor.open(url);
  expect(visitor.text).toContain('Done');
});

test('no other page can be reached while a flow is not completed', async () => {
  const url = portal(pages, shop, { flow_data: { type: 'customer_update' } });
  for (const path of ['', '/payment-methods/add', `/subscriptions/${id}/cancel`]) {
    await visitor.open(`${url}${path}`);
    expect(visitor.page.url).toBe(`${url}/details`);
  }
  await fetch(`${url}/subscriptions/${id}/cancel`, { method: 'POST' });
  expect(subscription().cancel_at).toBeNull();
});

test('a flow that ends at the portal’s home opens the rest of it', async () => {
  await visitor.open(portal(pages, shop, { flow_data: { type: 'customer_update' } }));
  await visitor.press('Save', { name: 'Ada King' });
  expect(visitor.text).toContain('Your billing information is saved.');
  expect(visitor.actions).toContain('Cancel subscription');
});

test('a cancellation flow ends in a hosted confirmation with its message', async () => {
  const after_completion = {
    type: 'hosted_confirmation',
    hosted_confirmation: { custom_message: 'We are sorry to see you go.' },
  };
  const subscription_cancel = { subscription: id };
  await visitor.open(
    portal(pages, shop, {
      flow_data: { type: 'subscription_cancel', subscription_cancel, after_completion },
    }),
  );
  await visitor.press('Cancel subscription');
  expect(visitor.text).toContain('We are sorry to see you go.');
  expect(subscription().cancel_at).not.toBeNull();
});

test('a retention offer that is taken gives the discount and cancels nothing', async () => {
  const coupon = pages.create('/v1/coupons', { percent_off: 30, duration: 'forever' }).id;
  const retention = { type: 'coupon_offer', coupon_offer: { coupon } };
  const subscription_cancel = { subscription: id, retention };
  await visitor.open(
    portal(pages, shop, {
      flow_data: { type: 'subscription_cancel', subscription_cancel, after_completion: redirect },
    }),
  );
  expect(visitor.text).toContain('30% off');
  await visitor.press('Accept offer');
  expect(visitor.page.url).toBe('https://app.example/done');
  expect(subscription().discounts).toHaveLength(1);
  expect(subscription().cancel_at).toBeNull();
});

test('a pause flow pauses', async () => {
  const subscription_pause = { subscription: id };
  await visitor.open(
    portal(pages, shop, {
      flow_data: { type: 'subscription_pause', subscription_pause, after_completion: redirect },
    }),
  );
  await visitor.press('Pause subscription');
  expect(visitor.page.url).toBe('https://app.example/done');
  expect(subscription().status).toBe('paused');
});

test('an update flow goes from the choice to the confirmation to the end', async () => {
  const subscription_update = { subscription: id };
  await visitor.open(
    portal(pages, shop, {
      flow_data: { type: 'subscription_update', subscription_update, after_completion: redirect },
    }),
  );
  await visitor.press('Continue', { price: shop.prices.teamMonth });
  await visitor.press('Confirm');
  expect(visitor.page.url).toBe('https://app.example/done');
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.teamMonth);
});

test('a plan that cannot be paid yet asks for a card on the way', async () => {
  const other = pages.create('/v1/customers', { email: 'bo@example.com' }).id;
  id = pages.create('/v1/subscriptions', {
    customer: other,
    items: [{ price: shop.prices.proMonth }],
    trial_period_days: 30,
  }).id;
  const [item] = subscription().items.data;
  const subscription_update_confirm = {
    subscription: id,
    items: [{ id: item?.id, price: shop.prices.teamMonth }],
  };
  const flow_data = {
    type: 'subscription_update_confirm',
    subscription_update_confirm,
    after_completion: redirect,
  };
  await visitor.open(portal(pages, { ...shop, customer: other }, { flow_data }));
  expect(visitor.text).toContain('There is no payment method yet');
  await visitor.follow('Add payment method');
  await visitor.press('Add payment method', CARD);
  await visitor.press('Confirm');
  expect(visitor.page.url).toBe('https://app.example/done');
  expect(subscription()).toMatchObject({ status: 'active' });
});

test('a confirmation flow does what the session says, and nothing that the address says', async () => {
  const [item] = subscription().items.data;
  const coupon = pages.create('/v1/coupons', { percent_off: 10, duration: 'once' }).id;
  const subscription_update_confirm = {
    subscription: id,
    items: [{ id: item?.id, price: shop.prices.teamMonth }],
    discounts: [{ coupon }],
  };
  const url = portal(pages, shop, {
    flow_data: {
      type: 'subscription_update_confirm',
      subscription_update_confirm,
      after_completion: redirect,
    },
  });
  await visitor.open(`${url}/subscriptions/${id}/confirm?price=${shop.prices.proYear}`);
  expect(visitor.text).toContain('Team');
  await visitor.press('Confirm');
  expect(visitor.page.url).toBe('https://app.example/done');
  expect(subscription().items.data[0]?.price.id).toBe(shop.prices.teamMonth);
});
