import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;

beforeAll(async () => {
  loopback = await startEmulator();
});
afterAll(() => loopback.close());

async function connected() {
  const { stripe, client } = loopback;
  const { id } = await stripe.accounts.create({ business_profile: { name: 'Hofladen' } });
  return { id, stripe: client('sk_test_loopback', { stripeAccount: id }) };
}

test('a connected account names its own invoices and those on its behalf, and no others', async () => {
  const { stripe } = loopback;
  const account = await connected();
  const customer = (await stripe.customers.create()).id;
  expect(await stripe.invoices.create({ customer })).toMatchObject({ account_name: null });
  expect(await stripe.invoices.create({ customer, on_behalf_of: account.id })).toMatchObject({
    account_name: 'Hofladen',
  });
  const theirs = (await account.stripe.customers.create()).id;
  expect(await account.stripe.invoices.create({ customer: theirs })).toMatchObject({
    account_name: 'Hofladen',
  });
  const inContext = loopback.client('sk_test_loopback', { stripeContext: account.id });
  for (const client of [account.stripe, inContext]) {
    await expect(client.accounts.retrieveCurrent()).resolves.toMatchObject({ id: account.id });
  }
});

test('the portal of a connected account opens with its customer in it', async () => {
  const account = await connected();
  const configuration = await account.stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  const customer = await account.stripe.customers.create({ email: 'hof@laden.test' });
  const { url } = await account.stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: 'https://example.test',
  });
  const page = await fetch(new URL(new URL(url).pathname, loopback.url));
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain('Hofladen');
  expect(text).toContain('hof@laden.test');
});
