import { expect } from 'playwright/test';
import { test } from '../test/support/own-app';
import { yearly } from '../test/support/plans';
import { beSubscriber } from '../test/support/subscribers';

test('pricing opens on the interval that somebody pays by', async ({ page, context, app }) => {
  await page.goto('/pricing');
  await expect(page.getByRole('link', { name: 'Monthly' })).toHaveAttribute('aria-current', 'true');
  await beSubscriber(context, app, yearly);
  await page.goto('/pricing');
  await expect(page.getByRole('link', { name: 'Yearly' })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('Your plan', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Monthly' }).click();
  await expect(page.getByRole('link', { name: 'Monthly' })).toHaveAttribute('aria-current', 'true');
});
