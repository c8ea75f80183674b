import { readFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { planWithMore } from '../lib/billing/plan-with';
import { freePlan } from '../lib/billing/plans';
import { db } from '../lib/db';
import { test } from '../test/support/own-app';
import { signInAsNewcomer } from '../test/support/people';

const { projects, exports } = freePlan.limits;
const bigger = planWithMore('projects', projects);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('somebody creates, renames and deletes projects, as many as their plan allows', async ({
      page,
    }) => {
      await signInAsNewcomer(page);
      await page.getByRole('navigation').getByRole('link', { name: 'Projects' }).click();
      for (let count = 0; count <= projects; count++) {
        await page.getByRole('button', { name: 'New project' }).click();
        await page.getByLabel('Name').fill(`Harbour ${count}`);
        await page.getByRole('button', { name: 'Create' }).click();
        await expect(page).toHaveURL(/\/projects(\?problem=projects)?$/);
      }
      const alert = page.getByRole('main').getByRole('alert');
      await expect(alert).toContainText(`Your ${freePlan.title} plan includes ${projects} project`);
      await expect(alert).toContainText(`The ${bigger?.title} plan includes`);
      await expect(alert.getByRole('link')).toHaveAttribute('href', '/pricing');
      await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(projects);

      await page.getByRole('link', { name: 'Rename' }).first().click();
      await page.getByLabel('Name').fill('Lighthouse');
      await page.getByRole('button', { name: 'Rename' }).click();
      await expect(page.getByText('Lighthouse')).toBeVisible();
      await page.getByRole('button', { name: 'Delete' }).first().click();
      await expect(page.getByText('Lighthouse')).toBeHidden();
    });

    test('somebody exports their projects, as often as their plan allows', async ({ page }) => {
      const { email } = await signInAsNewcomer(page);
      // More than the plan allows, as after a change to a smaller one.
      const { id: userId } = await db().user.findUniqueOrThrow({ where: { email } });
      const names = Array.from({ length: projects + 1 }, (_, index) => `Pier ${index}`);
      await db().project.createMany({ data: names.map((name) => ({ userId, name })) });
      await page.goto('/projects');
      await expect(page.getByRole('main')).toContainText(`You keep all ${names.length}`);
      for (let count = 0; count < exports; count++) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Export' }).click(),
        ]);
        const csv = await readFile(await download.path(), 'utf8');
        for (const name of names) expect(csv).toContain(`"${name}"`);
      }
      await page.getByRole('button', { name: 'Export' }).click();
      await expect(page).toHaveURL(/problem=exports$/);
      await expect(page.getByRole('main').getByRole('alert')).toContainText(
        `Your ${freePlan.title} plan includes ${exports} export`,
      );
    });
  });
}
