import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createSubscriber, currency, monthly, plan } from '@/test/support/integration';
import { yearly } from '@/test/support/plans';
import { catalogueId } from '../catalogue-objects';
import { syncCustomer } from '../mirror/sync';
import { currencies, productId } from '../plans';
import { stripe } from '../stripe';
import { diffCatalogue, pushCatalogue } from './push';

it('changes nothing the second time', async () => {
  await pushCatalogue();
  expect(await pushCatalogue()).toEqual([]);
  expect(await diffCatalogue()).toEqual([]);
});

it('shows what somebody changed at Stripe, and sets it right', async () => {
  await stripe().billingPortal.configurations.update(await catalogueId('portal:default'), {
    features: { invoice_history: { enabled: false } },
  });
  await stripe().products.update(productId(plan), { name: 'Renamed by hand' });

  const changes = await diffCatalogue();

  expect(changes).toEqual([
    {
      object: `product ${productId(plan)}`,
      action: 'update',
      details: [`name: "Renamed by hand" → "${plan.title}"`],
    },
    {
      object: 'portal configuration default',
      action: 'update',
      details: ['features.invoice_history.enabled: false → true'],
    },
  ]);
  await pushCatalogue();
  expect(await diffCatalogue()).toEqual([]);
});

it('replaces a price whose amount is not the one of the catalogue, and archives it', async () => {
  const wrong = await stripe().prices.create({
    product: productId(plan),
    currency,
    unit_amount: 1,
    recurring: { interval: 'month' },
    lookup_key: monthly,
    transfer_lookup_key: true,
  });

  await pushCatalogue();

  expect(await stripe().prices.retrieve(wrong.id)).toMatchObject({ active: false });
  expect(await stripe().prices.retrieve(await catalogueId(monthly))).toMatchObject({
    active: true,
    unit_amount: plan.prices.month[currency],
    lookup_key: monthly,
  });
  expect(await diffCatalogue()).toEqual([]);
});

it('replaces a price that is not offered in every currency', async () => {
  const before = await stripe().prices.create({
    product: productId(plan),
    currency,
    unit_amount: plan.prices.month[currency],
    recurring: { interval: 'month' },
    tax_behavior: 'exclusive',
    lookup_key: monthly,
    transfer_lookup_key: true,
  });

  await pushCatalogue();

  const id = await catalogueId(monthly);
  expect(id).not.toBe(before.id);
  const { currency_options } = await stripe().prices.retrieve(id, {
    expand: ['currency_options'],
  });
  for (const each of currencies) {
    expect(currency_options?.[each]?.unit_amount).toBe(plan.prices.month[each]);
  }
  expect(await diffCatalogue()).toEqual([]);
});

it('refuses to lose a plan that somebody pays for, and changes nothing then', async () => {
  const { customer, subscription } = await createSubscriber();
  const price = await stripe().prices.create({
    currency,
    unit_amount: 700,
    recurring: { interval: 'month' },
    product_data: { id: 'plan_bygone', name: 'Bygone' },
  });
  await stripe().subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id, price: price.id }],
  });
  await syncCustomer(customer);
  const { name } = await stripe().products.update(productId(plan), { name: 'Renamed by hand' });

  const refusal = { name: 'CatalogueError', problem: expect.stringContaining('"bygone"') };
  await expect(pushCatalogue()).rejects.toMatchObject(refusal);
  await expect(diffCatalogue()).rejects.toMatchObject(refusal);
  expect(await stripe().products.retrieve(productId(plan))).toMatchObject({ name });

  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  await pushCatalogue();
  expect(await diffCatalogue()).toEqual([]);
});

it('takes over a product and a price that exist already, and makes the rest', async () => {
  // Those whom earlier tests have left would lose the plan with its product.
  await db().subscription.deleteMany({ where: { plan: plan.name } });
  const product = await stripe().products.create({ name: 'Sold for years' });
  const price = await stripe().prices.create({
    product: product.id,
    currency,
    unit_amount: plan.prices.month[currency],
    recurring: { interval: 'month' },
  });
  const named = { product: product.id, prices: { month: price.id } };
  Reflect.set(plan, 'stripe', named);
  try {
    await pushCatalogue();
    expect(await diffCatalogue()).toEqual([]);
    expect(await catalogueId(monthly)).toBe(price.id);
    expect(await stripe().prices.retrieve(await catalogueId(yearly))).toMatchObject({
      product: product.id,
    });
    const other = await stripe().prices.create({
      product: product.id,
      currency,
      unit_amount: 1,
      recurring: { interval: 'month' },
    });
    Reflect.set(plan, 'stripe', { ...named, prices: { month: other.id } });
    await expect(pushCatalogue()).rejects.toMatchObject({
      name: 'CatalogueError',
      problem: expect.stringContaining('unit_amount'),
    });
  } finally {
    Reflect.deleteProperty(plan, 'stripe');
    await pushCatalogue();
  }
});
