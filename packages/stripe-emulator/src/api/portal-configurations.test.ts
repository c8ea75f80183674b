import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

let loopback: TestEmulator;
let stripe: Stripe;
let product: string;
let monthly: string;
let yearly: string;

beforeAll(async () => {
  loopback = await startEmulator();
  stripe = loopback.stripe;
  product = (await stripe.products.create({ name: 'Pro' })).id;
  monthly = await price('month');
  yearly = await price('year');
});

afterAll(() => loopback.close());

async function price(interval: 'month' | 'year', of = product): Promise<string> {
  const { id } = await stripe.prices.create({
    currency: 'usd',
    product: of,
    recurring: { interval },
    unit_amount: 900,
  });
  return id;
}

function create(features: Features) {
  return stripe.billingPortal.configurations.create({ features });
}

function switching(products: { product: string; prices: string[] }[]): Features {
  return {
    subscription_update: { enabled: true, default_allowed_updates: ['price'], products },
  };
}

describe('a portal configuration', () => {
  test('has every feature, those not named being off, with the defaults of Stripe', async () => {
    const configuration = await create({ invoice_history: { enabled: true } });
    expect(configuration).toMatchObject({
      object: 'billing_portal.configuration',
      active: true,
      is_default: false,
      default_return_url: null,
      login_page: { enabled: false, url: null },
      features: {
        customer_update: { enabled: false, allowed_updates: [] },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: false },
        subscription_cancel: { enabled: false, mode: 'at_period_end', proration_behavior: 'none' },
        subscription_pause: { enabled: false },
        subscription_update: {
          billing_cycle_anchor: 'unchanged',
          enabled: false,
          proration_behavior: 'none',
          trial_update_behavior: 'end_trial',
        },
      },
    });
    const [event] = (await stripe.events.list({ limit: 1 })).data;
    expect(event?.type).toBe('billing_portal.configuration.created');
  });

  test('shows its products only when they are expanded', async () => {
    const { id, features } = await create(switching([{ product, prices: [monthly, yearly] }]));
    expect(features.subscription_update).not.toHaveProperty('products');
    const expanded = await stripe.billingPortal.configurations.retrieve(id, {
      expand: ['features.subscription_update.products'],
    });
    expect(expanded.features.subscription_update.products).toEqual([
      {
        adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
        prices: [monthly, yearly],
        product,
      },
    ]);
  });

  test('is changed feature by feature', async () => {
    const { id } = await create({
      subscription_cancel: { enabled: true, mode: 'immediately' },
      customer_update: { enabled: true, allowed_updates: ['email', 'address'] },
    });
    const updated = await stripe.billingPortal.configurations.update(id, {
      business_profile: { headline: 'Acme' },
      features: { subscription_cancel: { proration_behavior: 'create_prorations' } },
    });
    expect(updated).toMatchObject({
      business_profile: { headline: 'Acme', privacy_policy_url: null },
      features: {
        customer_update: { enabled: true, allowed_updates: ['email', 'address'] },
        subscription_cancel: {
          enabled: true,
          mode: 'immediately',
          proration_behavior: 'create_prorations',
        },
      },
    });
  });

  test('is found by activity', async () => {
    const { id } = await create({ invoice_history: { enabled: true } });
    await stripe.billingPortal.configurations.update(id, { active: false });
    const inactive = await stripe.billingPortal.configurations.list({ active: false });
    expect(inactive.data.map((configuration) => configuration.id)).toEqual([id]);
    const defaults = await stripe.billingPortal.configurations.list({ is_default: true });
    expect(defaults.data).toEqual([]);
  });

  test('becomes the default one when the portal’s settings are saved, once', async () => {
    const saved = await loopback.control('POST', 'portal', {});
    expect(saved).toMatchObject({
      is_default: true,
      features: {
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true },
        subscription_update: { enabled: false },
      },
    });
    expect(await loopback.control('POST', 'portal', {})).toMatchObject({ id: Object(saved).id });
    await expect(
      stripe.billingPortal.configurations.update(Object(saved).id, { active: false }),
    ).rejects.toMatchObject({ param: 'active' });
  });

  test('cannot be deleted', async () => {
    await expect(
      stripe.rawRequest('DELETE', '/v1/billing_portal/configurations/bpc_x'),
    ).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('a portal configuration is refused', () => {
  const refusal = (features: Features) => expect(create(features)).rejects;

  test('without features', async () => {
    await expect(
      stripe.rawRequest('POST', '/v1/billing_portal/configurations', {}),
    ).rejects.toMatchObject({ code: 'parameter_missing', param: 'features' });
  });

  test('when plans can be switched but none is listed', async () => {
    await refusal({
      subscription_update: { enabled: true, default_allowed_updates: ['price'] },
    }).toMatchObject({ param: 'features[subscription_update][products]' });
  });

  test('with eleven products', async () => {
    const many = await Promise.all(
      Array.from({ length: 11 }, async () => {
        const { id } = await stripe.products.create({ name: 'One of many' });
        return { product: id, prices: [await price('month', id)] };
      }),
    );
    await refusal(switching(many)).toMatchObject({
      param: 'features[subscription_update][products]',
    });
    await expect(create(switching(many.slice(1)))).resolves.toMatchObject({ active: true });
  });

  test('with two prices of one interval', async () => {
    const other = await price('month');
    await refusal(switching([{ product, prices: [monthly, other] }])).toMatchObject({
      param: 'features[subscription_update][products][0][prices][1]',
    });
  });

  test('with a price of another product, or one that does not exist', async () => {
    const other = (await stripe.products.create({ name: 'Other' })).id;
    await refusal(switching([{ product: other, prices: [monthly] }])).toMatchObject({
      statusCode: 400,
    });
    await refusal(switching([{ product, prices: ['price_nope'] }])).toMatchObject({
      code: 'resource_missing',
      param: 'features[subscription_update][products][0][prices][0]',
    });
  });

  test('with prorations of a cancellation at the period’s end', async () => {
    await refusal({
      subscription_cancel: { enabled: true, proration_behavior: 'create_prorations' },
    }).toMatchObject({ param: 'features[subscription_cancel][proration_behavior]' });
  });

  test('with a cancellation that is invoiced at once', async () => {
    await refusal({
      subscription_cancel: {
        enabled: true,
        mode: 'immediately',
        proration_behavior: 'always_invoice',
      },
    }).toMatchObject({ param: 'features[subscription_cancel][proration_behavior]' });
  });

  test('with a pause of more than three years', async () => {
    await refusal({
      subscription_pause: {
        enabled: true,
        duration: {
          type: 'interval_options',
          interval_options: [{ interval: 'year', interval_count: 4 }],
        },
      },
    }).toMatchObject({ statusCode: 400 });
  });
});
