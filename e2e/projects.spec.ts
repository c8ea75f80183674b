import { readFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { planWithMore } from '../lib/billing/plan-with';
import { freePlan } from '../lib/billing/plans';
import { db } from '../lib/db';
import { consume } from '../lib/usage/consume';
import { german } from '../lib/words/german';
import { cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { expectAccessible } from '../test/support/axe';
import { test } from '../test/support/own-app';
import { plan } from '../test/support/plans';
import { send } from '../test/support/raw-http';
import { beNewcomer, beSubscriber, createSubscriber } from '../test/support/subscribers';

const { projects, exports } = freePlan.limits;
const bigger = planWithMore('projects', projects);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('somebody creates, renames and deletes projects, as many as their plan allows', async ({
      page,
      context,
      app,
    }) => {
      await beNewcomer(context, app);
      await page.goto('/dashboard');
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
      await expect(page.getByText('Lighthouse')).toHaveCount(0);
    });

    test('somebody exports their projects, as often as their plan allows', async ({
      page,
      context,
      app,
    }) => {
      const { userId } = await beNewcomer(context, app);
      // More than the plan allows, as after a change to a smaller one.
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

test('the dashboard of somebody new says what to do first, and then shows what they have', async ({
  page,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  await page.goto('/dashboard');
  const main = page.getByRole('main');
  await expect(main).toContainText(`0 of ${projects} project`);
  await main.getByRole('link', { name: 'Create a project' }).click();
  await page.getByLabel('Name').fill('Harbour');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Export' }).waitFor();
  await page.goto('/dashboard');
  await expect(page.getByRole('region', { name: 'Projects' })).toContainText('Harbour');
  const activity = page.getByRole('region', { name: 'Recent activity' });
  await expect(activity).toContainText('Project Harbour created');
  await expect(page.getByRole('region', { name: 'Usage' })).toContainText(
    `1 of ${projects} project`,
  );
  await expect(main).toContainText(`You are on the ${freePlan.title} plan`);
  await main.getByRole('link', { name: 'Harbour' }).click();
  await expect(page.getByLabel('Name')).toHaveValue('Harbour');
});

test('the dashboard, billing and the projects say how much is used, until when, and when it is nearly all', async ({
  page,
  context,
  app,
}) => {
  const { userId } = await beSubscriber(context, app);
  const allowed = plan.limits.exports;
  const nearly = Math.ceil(allowed * 0.8);
  await consume({ id: userId }, 'exports', nearly);
  for (const path of ['/dashboard', '/billing', '/projects']) {
    await page.goto(path);
    const usage = page.getByRole('region', { name: 'Usage' });
    await expect(usage, path).toContainText(`${nearly} of ${allowed} export`);
    await expect(usage, path).toContainText(`Only ${allowed - nearly} left`);
    await expect(usage, path).toContainText('Counting starts again on');
  }
});

test('the pages of the projects are accessible, empty, full and with problems', async ({
  page,
  context,
  app,
}) => {
  const { userId } = await beSubscriber(context, app);
  const look = async (path: string) => {
    await page.goto(path);
    await expectAccessible(page);
  };
  await look('/projects');
  const names = Array.from({ length: plan.limits.projects + 2 }, (_, index) => `Pier ${index}`);
  await db().project.createMany({ data: names.map((name) => ({ userId, name })) });
  for (const path of ['/dashboard', '/projects?problem=projects', '/projects/new'])
    await look(path);
  for (const problem of ['name', 'export-failed']) await look(`/projects?problem=${problem}`);
});

test.describe('for a browser that asks for German', () => {
  test.use({ locale: 'de-DE' });

  test('the dashboard, the projects and the API keys are in German', async ({
    page,
    context,
    app,
  }) => {
    const { userId } = await beSubscriber(context, app);
    const { dashboard, projects: t, usage, apiKeys } = german;
    const main = page.getByRole('main');
    await page.goto('/dashboard');
    await expect(page).toHaveTitle(new RegExp(dashboard.title));
    await expect(main).toContainText(dashboard.yourPlan(plan.title));
    await expect(main).toContainText(usage.used(0, usage.amount('projects', plan.limits.projects)));
    await main.getByRole('link', { name: t.createFirst }).click();
    await page.getByLabel(t.name).fill('Leuchtturm');
    await page.getByRole('button', { name: t.create }).click();
    await expect(page.getByRole('link', { name: t.rename })).toBeVisible();
    await page.goto('/dashboard');
    await expect(main).toContainText(t.happened.created('Leuchtturm'));
    await page.goto('/settings');
    await page.getByRole('button', { name: apiKeys.form.create }).click();
    await expect(page.getByText(apiKeys.form.shown)).toBeVisible();
    expect(await db().apiKey.count({ where: { userId } })).toBe(1);
  });
});

test('a NUL in the name or the ID of a project is refused as input, not a fault of ours', async ({
  app,
}) => {
  const person = await createSubscriber();
  await db().project.create({ data: { userId: person.userId, name: 'Harbour' } });
  const headers = cookieOf(person);
  for (const [path, button] of [
    ['/projects/new', 'Create'],
    ['/projects', 'Delete'],
  ] as const) {
    const form = await formNamed(app.url, path, person, button);
    for (const field of ['name', 'project']) {
      const fields = { name: 'Named', [field]: 'a\u0000b' };
      const { status } = await sendForm(app.url, path, form, { fields, headers });
      expect(status, `${field} on ${path}`).toBeLessThan(500);
    }
  }
  const { status } = await send(app.url, { path: '/projects/a%00b', headers });
  expect(status).toBeLessThan(500);
});
