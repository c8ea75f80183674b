import { expect, it } from 'vitest';
import { currency, monthly, plan } from '@/test/support/integration';
import { catalogueId } from '../catalogue-objects';
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
