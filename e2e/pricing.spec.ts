import { expect } from 'playwright/test';
import { limitNames } from '../lib/billing/plan-with';
import { soldPlans } from '../lib/billing/plans';
import { english } from '../lib/words/english';
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

test('prices point out one plan, compare all, and answer questions', async ({ page }) => {
  await page.goto('/pricing');
  const recommended = page.getByRole('listitem').filter({ hasText: 'Recommended' });
  await expect(recommended.getByRole('heading')).toHaveText(
    soldPlans.flatMap((plan) => (plan.recommended ? plan.title : [])),
  );
  const comparison = page.getByRole('table');
  await expect(comparison.getByRole('columnheader')).toHaveText(
    soldPlans.map(({ title }) => title),
  );
  for (const limit of limitNames) {
    const row = comparison.getByRole('row', { name: english.catalogue.limit(limit) });
    await expect(row.getByRole('cell')).toHaveText(
      soldPlans.map(({ limits }) => limits[limit].toLocaleString('en')),
    );
  }
  await expect(page.getByText('How do I cancel?')).toBeVisible();
});
