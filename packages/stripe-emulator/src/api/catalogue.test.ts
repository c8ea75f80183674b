import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let stripe: Stripe;

beforeAll(async () => {
  loopback = await startEmulator();
  stripe = loopback.stripe;
});

afterAll(() => loopback.close());

async function product(): Promise<string> {
  return (await stripe.products.create({ name: 'Pro' })).id;
}

describe('prices', () => {
  test('have every field, with both forms of the amount', async () => {
    const price = await stripe.prices.create({
      currency: 'USD',
      product: await product(),
      recurring: { interval: 'month' },
      unit_amount: 1900,
    });
    expect(price).toMatchObject({
      object: 'price',
      active: true,
      billing_scheme: 'per_unit',
      currency: 'usd',
      livemode: false,
      recurring: {
        interval: 'month',
        interval_count: 1,
        meter: null,
        trial_period_days: null,
        usage_type: 'licensed',
      },
      tax_behavior: 'unspecified',
      type: 'recurring',
      unit_amount: 1900,
    });
    expect(String(price.unit_amount_decimal)).toBe('1900');
  });

  test('with a fraction of the smallest unit have no integer amount', async () => {
    const raw = await stripe.rawRequest('POST', '/v1/prices', {
      currency: 'usd',
      product: await product(),
      unit_amount_decimal: '0.125',
    });
    expect(raw).toMatchObject({ unit_amount: null, unit_amount_decimal: '0.125' });
  });

  test('hand a lookup key on, and only when asked to', async () => {
    const base = { currency: 'usd', product: await product(), unit_amount: 1 };
    const holder = await stripe.prices.create({ ...base, lookup_key: 'handed_on' });
    const heir = await stripe.prices.create({
      ...base,
      lookup_key: 'handed_on',
      transfer_lookup_key: true,
    });
    const found = await stripe.prices.list({ lookup_keys: ['handed_on'] });
    expect(found.data.map(({ id }) => id)).toEqual([heir.id]);
    expect((await stripe.prices.retrieve(holder.id)).lookup_key).toBeNull();
    const [event] = (await stripe.events.list({ type: 'price.updated' })).data;
    expect(event?.data.previous_attributes).toEqual({ lookup_key: 'handed_on' });
  });

  test('are found by product, kind, interval and activity', async () => {
    const own = await product();
    const monthly = await stripe.prices.create({
      currency: 'usd',
      product: own,
      recurring: { interval: 'month' },
      unit_amount: 1,
    });
    const once = await stripe.prices.create({ currency: 'eur', product: own, unit_amount: 2 });
    await stripe.prices.update(once.id, { active: false });
    const ids = async (params: Stripe.PriceListParams) =>
      (await stripe.prices.list({ product: own, ...params })).data.map(({ id }) => id);
    expect(await ids({})).toEqual([once.id, monthly.id]);
    expect(await ids({ type: 'recurring' })).toEqual([monthly.id]);
    expect(await ids({ recurring: { interval: 'year' } })).toEqual([]);
    expect(await ids({ active: false })).toEqual([once.id]);
    expect(await ids({ currency: 'eur' })).toEqual([once.id]);
  });

  test('in tiers show them when they are expanded', async () => {
    const price = await stripe.prices.create({
      billing_scheme: 'tiered',
      currency: 'usd',
      product: await product(),
      recurring: { interval: 'month' },
      tiers: [
        { up_to: 5, unit_amount: 500 },
        { up_to: 'inf', unit_amount: 400 },
      ],
      tiers_mode: 'graduated',
      expand: ['tiers'],
    });
    expect(price.unit_amount).toBeNull();
    expect(price.tiers).toMatchObject([
      { up_to: 5, unit_amount: 500, flat_amount: null },
      { up_to: null, unit_amount: 400 },
    ]);
  });

  test('keep a tax behaviour once it is said', async () => {
    const { id } = await stripe.prices.create({
      currency: 'usd',
      product: await product(),
      tax_behavior: 'exclusive',
      unit_amount: 1,
    });
    await expect(stripe.prices.update(id, { tax_behavior: 'inclusive' })).rejects.toMatchObject({
      param: 'tax_behavior',
    });
  });
});

describe('products', () => {
  test('are made with their default price, whose event comes second', async () => {
    const made = await stripe.products.create({
      name: 'Team',
      default_price_data: { currency: 'usd', unit_amount: 2900, recurring: { interval: 'year' } },
    });
    const { data } = await stripe.events.list({ limit: 2 });
    expect(data.map(({ type }) => type)).toEqual(['price.created', 'product.created']);
    expect(data[1]?.data.object).toMatchObject({ default_price: made.default_price });
  });

  test('with prices cannot be deleted, without them they are gone', async () => {
    const priced = await product();
    await stripe.prices.create({ currency: 'usd', product: priced, unit_amount: 1 });
    await expect(stripe.products.del(priced)).rejects.toMatchObject({ statusCode: 400 });
    const plain = await product();
    expect(await stripe.products.del(plain)).toMatchObject({ deleted: true, object: 'product' });
    await expect(stripe.products.retrieve(plain)).rejects.toMatchObject({ statusCode: 404 });
  });

  test('carry features, each once', async () => {
    const feature = await stripe.entitlements.features.create({
      lookup_key: 'api',
      name: 'API access',
    });
    const own = await product();
    const added = await stripe.products.createFeature(own, { entitlement_feature: feature.id });
    expect(added).toMatchObject({
      object: 'product_feature',
      entitlement_feature: { lookup_key: 'api' },
    });
    expect(added).not.toHaveProperty('product');
    await expect(
      stripe.products.createFeature(own, { entitlement_feature: feature.id }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.products.listFeatures(own)).data).toHaveLength(1);
    await stripe.products.deleteFeature(own, added.id);
    expect((await stripe.products.listFeatures(own)).data).toEqual([]);
  });
});

describe('coupons and promotion codes', () => {
  test('say what is wrong with their terms in the words of Stripe', async () => {
    const refusal = (params: Stripe.CouponCreateParams) =>
      stripe.coupons.create(params).catch((error: unknown) => Object(error).message);
    expect(await refusal({})).toBe('Must provide percent_off or amount_off.');
    expect(await refusal({ percent_off: 5, amount_off: 5, currency: 'usd' })).toBe(
      'Received both percent_off and amount_off parameters. Please pass in only one.',
    );
    expect(await refusal({ amount_off: 5 })).toBe('You must pass currency when passing amount_off');
    expect(await refusal({ percent_off: 5, duration: 'repeating' })).toBe(
      'The duration_in_months param must be set when creating a coupon with a repeating duration',
    );
    expect(await refusal({ percent_off: 101 })).toMatch(/less than or equal to 100/);
  });

  test('a code is unique among the active ones, whatever its case', async () => {
    const { id: coupon } = await stripe.coupons.create({ percent_off: 20, duration: 'forever' });
    const promotion = { type: 'coupon' as const, coupon };
    const first = await stripe.promotionCodes.create({ promotion, code: 'Spring' });
    await expect(stripe.promotionCodes.create({ promotion, code: 'SPRING' })).rejects.toMatchObject(
      {
        message: 'An active promotion code with `code: SPRING` already exists.',
      },
    );
    await stripe.promotionCodes.update(first.id, { active: false });
    const second = await stripe.promotionCodes.create({ promotion, code: 'SPRING' });
    const active = await stripe.promotionCodes.list({ code: 'spring', active: true });
    expect(active.data.map(({ id }) => id)).toEqual([second.id]);
  });
});
