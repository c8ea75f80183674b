import { expect } from 'playwright/test';
import { breakStripe, mendStripe } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { beNewcomer, beSubscriber } from '../test/support/subscribers';

test.use({ reducedMotion: 'reduce' });
test.afterEach(mendStripe);

test('while billing opens the button stays as it is, and says so to those who hear the page', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  const button = page.getByRole('button', { name: 'Manage billing' });
  const before = await button.boundingBox();
  await breakStripe({ on: 'POST /v1/billing_portal/sessions', kind: 'hang', times: 1 });
  await button.click();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('status').filter({ hasText: 'Opening billing' })).toHaveCount(1);
  await expect(button).toBeFocused();
  expect(await button.boundingBox()).toEqual(before);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('a problem on the pricing page leaves the interval that was chosen', async ({
  page,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  await page.goto('/pricing?interval=year');
  await breakStripe({ on: 'POST /v1/checkout/sessions', kind: '503', times: 3 });
  await page.getByRole('button', { name: 'Subscribe' }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('did not answer');
  await expect(page.getByRole('link', { name: 'Yearly' })).toHaveAttribute('aria-current', 'true');
});
