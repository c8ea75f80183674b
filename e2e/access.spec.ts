import { expect } from 'playwright/test';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { planWith } from '../lib/billing/plan-with';
import { features } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { giveExtra } from '../lib/grants';
import { test } from '../test/support/own-app';
import { beSubscriber } from '../test/support/subscribers';

test('the pricing page says which plan has the feature that somebody came for', async ({
  page,
}) => {
  await page.goto('/pricing?for=api');
  const notice = page.getByRole('status').filter({ hasText: `${features.api} is part of` });
  await expect(notice).toContainText(planWith('api')?.title ?? '');
  await page.goto('/pricing?for=%3Cscript%3E');
  await expect(notice).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a paused plan says since when, and "Resume plan" brings it back', async ({
      page,
      context,
      app,
    }) => {
      const { customer, subscription } = await beSubscriber(context, app);
      await stripe().subscriptions.pause(subscription);
      await syncCustomer(customer);
      await page.goto('/billing');
      const current = page.getByRole('region', { name: 'Current plan' });
      await expect(current).toContainText('Paused since');
      await expect(current).toContainText('Your plan is paused');
      await expect(current.getByRole('link', { name: 'See the plans' })).toHaveCount(0);
      await page.getByRole('button', { name: 'Resume plan' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=resumed$/);
      await expect(
        page.getByRole('status').filter({ hasText: 'Your plan continues' }),
      ).toBeVisible();
      await expect(current).toContainText('Next payment');
      await expect(page.getByRole('button', { name: 'Resume plan' })).toHaveCount(0);
    });

    test('where only payments are paused, "Resume plan" lets them go on', async ({
      page,
      context,
      app,
    }) => {
      const { customer, subscription } = await beSubscriber(context, app);
      await stripe().subscriptions.update(subscription, { pause_collection: { behavior: 'void' } });
      await syncCustomer(customer);
      await page.goto('/billing');
      await page.getByRole('button', { name: 'Resume plan' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=resumed$/);
      expect((await stripe().subscriptions.retrieve(subscription)).pause_collection).toBeNull();
    });
  });
}

test('without a card, "Resume plan" asks for one', async ({ page, context, app }) => {
  const { customer, subscription } = await beSubscriber(context, app);
  await stripe().subscriptions.pause(subscription);
  const { data } = await stripe().customers.listPaymentMethods(customer);
  for (const { id } of data) await stripe().paymentMethods.detach(id);
  await syncCustomer(customer);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Resume plan' }).click();
  await expect(page).toHaveURL(/\/billing\?problem=no-card$/);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Add a card first');
  await page.getByRole('button', { name: 'Update card' }).click();
  await expect(page.getByRole('heading', { name: 'Add payment method' })).toBeVisible();
});

test('what somebody was given is on their billing page, with its end and reason', async ({
  page,
  context,
  app,
}) => {
  const { email } = await beSubscriber(context, app);
  const until = new Date('2199-01-31T23:59:59.999Z');
  await giveExtra(email, { name: 'api', amount: null, until, reason: 'beta tester' });
  await page.goto('/billing');
  await expect(page.getByText(`Extra: ${features.api} until`)).toContainText(
    /Jan(uary)? 31, 2199, beta tester/,
  );
});
