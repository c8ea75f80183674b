import { afterEach, expect, it, vi } from 'vitest';
import { createUser } from '@/test/support/integration';
import { currency, plan } from '@/test/support/plans';
import { findBillingAccount } from './account';
import { pushCatalogue } from './setup/push';
import { stripe } from './stripe';

/** The app with another setting, as a process that starts with it. */
async function appWith(setting: string) {
  vi.stubEnv('STRIPE_TAX', setting);
  vi.resetModules();
  return {
    ...(await import('./checkout')),
    ...(await import('./setup/push')),
    close: async () => (await import('../db')).db().$disconnect(),
  };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await pushCatalogue();
});

it.each([
  ['exclusive', true],
  ['inclusive', true],
  ['off', false],
] as const)('prices and Checkout are right when tax is %s', async (setting, isTaxed) => {
  const { createCheckoutUrl, pushCatalogue: push, close } = await appWith(setting);
  await push();
  const user = await createUser();
  await createCheckoutUrl(user, { plan, interval: 'month', currency, seats: 1 }, null);
  await close();
  const { customer } = await findBillingAccount(user.id);
  const { data } = await stripe().checkout.sessions.list({ customer: customer ?? '' });
  expect(data).toMatchObject([
    {
      automatic_tax: { enabled: isTaxed },
      tax_id_collection: { enabled: isTaxed },
      billing_address_collection: isTaxed ? 'required' : null,
    },
  ]);
  const items = await stripe().checkout.sessions.listLineItems(data[0]?.id ?? '');
  expect(items.data[0]?.price).toMatchObject({
    tax_behavior: setting === 'inclusive' ? 'inclusive' : 'exclusive',
  });
});
