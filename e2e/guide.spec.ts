import { existsSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { passingTime as test } from '../test/support/own-app';
import { beSubscriber } from '../test/support/subscribers';

test.use({ javaScriptEnabled: false });

test('the emulator offers four experiments, each done by one click and shown in the app', async ({
  page,
  context,
  app,
}) => {
  const { userId, customer, subscription } = await beSubscriber(context, app);
  const email = 'demo@example.com';
  await db().user.update({ where: { id: userId }, data: { email } });
  await stripe().customers.update(customer, { email });
  await page.goto(app.stripeUrl);
  const files = await page
    .getByRole('region', { name: 'Try it' })
    .locator('code')
    .allTextContents();
  expect(files).toHaveLength(4);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);

  const later = await tryIt(page, 'Travel a month');
  await expect(invoices(later)).toHaveCount(2);

  const unaware = await tryIt(page, 'Lose a webhook');
  await expect(plan(unaware)).toContainText('Next payment');
  const atStripe = await stripe().subscriptions.retrieve(subscription);
  expect(atStripe.cancel_at_period_end).toBe(true);

  const declined = await tryIt(page, 'Fail a payment');
  await expect(declined.getByRole('main').getByRole('alert')).toContainText('was declined');

  const somebodyNew = await tryIt(page, 'Subscribe');
  await somebodyNew.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(plan(somebodyNew)).toContainText('Next payment');
});

async function tryIt(page: Page, name: string): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name }).click();
  return opened;
}

const plan = (page: Page) => page.getByRole('region', { name: 'Current plan' });
const invoices = (page: Page) =>
  page.getByRole('region', { name: 'Invoices' }).locator('tbody').getByRole('row');
