import { expect, it } from 'vitest';
import { catalogueId } from './catalogue-objects';
import { diffCatalogue, pushCatalogue } from './push';
import { stripe } from './stripe';

it('changes nothing the second time', async () => {
  await pushCatalogue();
  expect(await pushCatalogue()).toEqual([]);
  expect(await diffCatalogue()).toEqual([]);
});

it('shows what somebody changed at Stripe, and sets it right', async () => {
  await stripe().billingPortal.configurations.update(await catalogueId('portal:default'), {
    features: { invoice_history: { enabled: false } },
  });
  await stripe().products.update('plan_pro', { name: 'Renamed by hand' });

  const changes = await diffCatalogue();

  expect(changes).toEqual([
    { object: 'product plan_pro', action: 'update', details: ['name: "Renamed by hand" → "Pro"'] },
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
    product: 'plan_pro',
    currency: 'usd',
    unit_amount: 1,
    recurring: { interval: 'month' },
    lookup_key: 'pro_month',
    transfer_lookup_key: true,
  });

  await pushCatalogue();

  expect(await stripe().prices.retrieve(wrong.id)).toMatchObject({ active: false });
  expect(await stripe().prices.retrieve(await catalogueId('pro_month'))).toMatchObject({
    active: true,
    unit_amount: 1200,
    lookup_key: 'pro_month',
  });
  expect(await diffCatalogue()).toEqual([]);
});
