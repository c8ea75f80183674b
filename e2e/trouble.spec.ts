import { expect } from 'playwright/test';
import { breakStripe, mendStripe } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { payWith, subscribe } from '../test/support/people';
import { plan } from '../test/support/plans';
import { beNewcomer, beSubscriber } from '../test/support/subscribers';

test.afterEach(mendStripe);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('somebody who never subscribed is told so kindly and shown the plans', async ({
      page,
      context,
      app,
    }) => {
      await beNewcomer(context, app);
      await page.goto('/billing');
      await expect(page.getByRole('link', { name: /plans/i }).first()).toBeVisible();
      const clicked = page.getByRole('button', { name: 'Manage billing' });
      await clicked.click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText(
        'nothing to manage yet',
      );
    });
  });
}

test('a hiccup of Stripe is retried and nobody notices', async ({ page, context, app }) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  await breakStripe({ on: 'POST /v1/billing_portal/sessions', kind: '500', times: 1 });
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
});

test('a declined card says so on the Checkout page, and another one goes through', async ({
  page,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  await page.goto('/pricing');
  await page.getByRole('button', { name: 'Subscribe' }).first().click();
  await payWith(page, '4000 0000 0000 0002');
  await expect(page.getByText(/card (was|has been) declined/i).first()).toBeVisible();
  await payWith(page, '4242 4242 4242 4242');
  await expect(page).toHaveURL(/\/billing\?notice=subscribed$/);
});

test('somebody with a plan is not sold a second one by an old tab', async ({
  page,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  const oldTab = await context.newPage();
  await oldTab.goto('/pricing');
  await subscribe(page, plan);
  await oldTab
    .getByRole('button', { name: /^(Subscribe|Start trial)$/ })
    .last()
    .click();
  await expect(oldTab).toHaveURL(/\/billing\?problem=already-subscribed$/);
  await expect(oldTab.getByRole('main').getByRole('alert')).toContainText('already have a plan');
});

test('pages behind the sign-in send strangers to it and bring them back', async ({ page }) => {
  for (const path of ['/dashboard', '/billing', '/settings']) {
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  }
});
