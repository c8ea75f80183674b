import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let ids: string[];

beforeAll(async () => {
  loopback = await startEmulator();
  const made: Stripe.Customer[] = [];
  for (let n = 0; n < 25; n++) {
    made.push(
      await loopback.stripe.customers.create({ email: n % 2 ? 'odd@a.test' : 'even@a.test' }),
    );
  }
  ids = made.map(({ id }) => id).reverse();
});

afterAll(() => loopback.close());

describe('lists', () => {
  test('ten come first, the newest first, and more are announced', async () => {
    const page = await loopback.stripe.customers.list();
    expect(page).toMatchObject({ object: 'list', url: '/v1/customers', has_more: true });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 10));
  });

  test('a page starts after its cursor, and the last one says that it is the last', async () => {
    const page = await loopback.stripe.customers.list({ limit: 100, starting_after: ids[19] });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(20));
    expect(page.has_more).toBe(false);
  });

  test('a page that ends before a cursor holds the nearest newer ones, newest first', async () => {
    const page = await loopback.stripe.customers.list({ limit: 3, ending_before: ids[10] });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(7, 10));
    expect(page.has_more).toBe(true);
    const first = await loopback.stripe.customers.list({ limit: 5, ending_before: ids[2] });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.has_more).toBe(false);
  });

  test('auto-paging sees each object once, filters included', async () => {
    const odd: string[] = [];
    for await (const customer of loopback.stripe.customers.list({
      email: 'odd@a.test',
      limit: 5,
    })) {
      odd.push(customer.id);
    }
    expect(odd).toEqual(ids.filter((_, at) => at % 2 === 1));
  });

  test('what an object holds is paged in its own order, both ways', async () => {
    const { sessions } = loopback.stripe.checkout;
    const { id } = await sessions.create({
      mode: 'payment',
      success_url: 'https://a.test',
      line_items: ['A', 'B', 'C', 'D', 'E'].map((name) => ({
        price_data: { currency: 'usd', product_data: { name }, unit_amount: 100 },
        quantity: 1,
      })),
    });
    const page = async (params: Stripe.Checkout.SessionListLineItemsParams) => {
      const { data, has_more } = await sessions.listLineItems(id, params);
      return [data.map(({ description }) => description).join(''), has_more];
    };
    const all = (await sessions.listLineItems(id)).data.map((item) => item.id);
    expect(await page({ limit: 2 })).toEqual(['AB', true]);
    expect(await page({ limit: 2, starting_after: all[1] })).toEqual(['CD', true]);
    expect(await page({ limit: 2, starting_after: all[3] })).toEqual(['E', false]);
    expect(await page({ limit: 2, ending_before: all[3] })).toEqual(['BC', true]);
    expect(await page({ ending_before: all[1] })).toEqual(['A', false]);
    await expect(page({ starting_after: 'li_nope' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'starting_after',
    });
  });

  test('created ranges bound the list', async () => {
    const { created } = await loopback.stripe.customers.retrieve(ids[0] ?? '').then((customer) => {
      if (customer.deleted) throw new Error('It is deleted.');
      return customer;
    });
    const later = await loopback.stripe.customers.list({ created: { gt: created } });
    expect(later.data).toEqual([]);
    const upTo = await loopback.stripe.customers.list({ created: { lte: created }, limit: 100 });
    expect(upTo.data).toHaveLength(25);
    const never = await loopback.stripe.customers.list({ created: 1 });
    expect(never.data).toEqual([]);
  });

  test('both cursors at once are refused', async () => {
    await expect(
      loopback.stripe.customers.list({ starting_after: ids[0], ending_before: ids[1] }),
    ).rejects.toMatchObject({ message: expect.stringContaining('starting_after, ending_before') });
  });
});

describe('expansion', () => {
  test('fields of listed objects and of what they refer to are expanded, deleted ones as stubs', async () => {
    const { stripe } = loopback;
    const product = await stripe.products.create({
      name: 'Pro',
      default_price_data: { currency: 'usd', unit_amount: 900, recurring: { interval: 'month' } },
      expand: ['default_price.product'],
    });
    expect(product.default_price).toMatchObject({
      object: 'price',
      product: { object: 'product', name: 'Pro' },
    });
    const prices = await stripe.prices.list({ expand: ['data.product.default_price'] });
    expect(prices.data[0]?.product).toMatchObject({
      id: product.id,
      default_price: { object: 'price' },
    });
    const coupon = await stripe.coupons.create({ percent_off: 5 });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
    });
    await stripe.coupons.del(coupon.id);
    const expanded = await stripe.promotionCodes.retrieve(code.id, {
      expand: ['promotion.coupon'],
    });
    expect(expanded.promotion.coupon).toEqual({ id: coupon.id, object: 'coupon', deleted: true });
  });

  test('what is included only on request is absent without it', async () => {
    const { stripe } = loopback;
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 900,
      currency_options: { eur: { unit_amount: 800 } },
      product_data: { name: 'Team' },
    });
    expect(price).not.toHaveProperty('currency_options');
    const expanded = await stripe.prices.retrieve(price.id, { expand: ['currency_options'] });
    expect(Object.keys(expanded.currency_options ?? {})).toEqual(['usd', 'eur']);
    expect(expanded.currency_options?.eur?.unit_amount).toBe(800);
  });

  test('a path that cannot be expanded changes nothing on the way', async () => {
    const before = await loopback.stripe.products.list({ limit: 100 });
    await expect(
      loopback.stripe.products.create({ name: 'Never', expand: ['name'] }),
    ).rejects.toMatchObject({ statusCode: 400 });
    const after = await loopback.stripe.products.list({ limit: 100 });
    expect(after.data).toHaveLength(before.data.length);
  });
});

describe('metadata', () => {
  test('keys are merged, emptied ones go, and an empty value clears them all', async () => {
    const { stripe } = loopback;
    const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } });
    const merged = await stripe.customers.update(id, { metadata: { b: '', c: 3 } });
    expect(merged.metadata).toEqual({ a: '1', c: '3' });
    expect((await stripe.customers.update(id, { name: 'x' })).metadata).toEqual({ a: '1', c: '3' });
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });
});
