import { expect, type Page } from 'playwright/test';
import { test } from '../test/support/own-app';
import { signInAsNewcomer, subscribe } from '../test/support/people';
import { currency, dearerPlan, money, plan, sellsTwo } from '../test/support/plans';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a person subscribes, switches, cancels, and comes back each time to an app that knows', async ({
      page,
    }) => {
      await signInAsNewcomer(page);
      await subscribe(page, plan);
      await expect(currentPlan(page)).toContainText(plan.title);
      await expect(currentPlan(page)).toContainText(money(plan.prices.month[currency]));
      await expect(currentPlan(page)).toContainText('Next payment');
      await expect(page.getByText('4242')).toBeVisible();

      if (sellsTwo) {
        await manageBilling(page);
        await page.getByRole('link', { name: 'Update subscription' }).click();
        await page.getByText(dearerPlan.title, { exact: true }).click();
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('button', { name: 'Confirm' }).click();
        await returnToApp(page);
        await expect(currentPlan(page)).toContainText(dearerPlan.title);
        await expect(currentPlan(page)).toContainText(money(dearerPlan.prices.month[currency]));
      }

      await manageBilling(page);
      await page.getByRole('link', { name: 'Cancel subscription' }).click();
      await page.getByRole('button', { name: 'Cancel subscription' }).click();
      await returnToApp(page);
      await expect(currentPlan(page)).toContainText('Ends');

      await manageBilling(page);
      await page.getByRole('link', { name: "Don't cancel subscription" }).click();
      await page.getByRole('button', { name: "Don't cancel subscription" }).click();
      await returnToApp(page);
      await expect(currentPlan(page)).toContainText('Next payment');
    });
  });
}

function currentPlan(page: Page) {
  return page.getByRole('region', { name: 'Current plan' });
}

async function manageBilling(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
}

async function returnToApp(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Return to / }).click();
  await expect(page).toHaveURL(/\/billing$/);
}
