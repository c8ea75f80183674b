import { readFile } from 'node:fs/promises';
import { expect, type Page } from 'playwright/test';
import { db } from '../lib/db';
import { mailTo } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { signIn, signInAsNewcomer } from '../test/support/people';
import { beNewcomer } from '../test/support/subscribers';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('people download what we hold about them', async ({ page, context, app }) => {
      const { email } = await beNewcomer(context, app);
      await page.goto('/settings');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download my data' }).click();
      const file = await (await download).path();
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ account: { email } });
      await expect(async () => {
        await page.reload();
        await expect(activity(page)).toContainText('Downloaded the data', { timeout: 1_000 });
      }).toPass();
    });

    test('an address changes once its owner says so, and the one before is told', async ({
      page,
      context,
      app,
    }) => {
      const { email } = await beNewcomer(context, app);
      const next = `next-${email}`;
      await page.goto('/settings');
      await page.getByLabel('New e-mail address').fill(next);
      await page.getByRole('button', { name: 'Change e-mail address' }).click();
      await expect(page.getByRole('main').getByRole('status').first()).toContainText('Check your');
      await expect.poll(async () => (await mailTo(next)).length).toBe(1);
      const [message] = await mailTo(next);
      const link = message?.links.find((each) => each.includes('/settings/email')) ?? '';
      await page.goto(link);
      expect(await db().user.count({ where: { email } })).toBe(1);
      await page.getByRole('button', { name: 'Use this address' }).click();
      await expect(page).toHaveURL(/saved=1/);
      await expect(page.getByRole('region', { name: 'Sign-in' })).toContainText(next);
      await expect(activity(page)).toContainText('E-mail address changed');
      await expect
        .poll(() => subjects(email))
        .toContainEqual(expect.stringMatching(/has changed$/));
      await page.goto(link);
      await expect(page).toHaveURL(/problem=email-link/);
    });

    test('deleting an account ends at a goodbye page and with an e-mail', async ({
      page,
      context,
      app,
    }) => {
      const { email } = await beNewcomer(context, app);
      await page.goto('/settings');
      await page.getByLabel('Type your e-mail address to confirm').fill(email);
      await page.getByRole('button', { name: 'Delete account' }).click();
      await expect(page).toHaveURL(/\/goodbye$/);
      await expect(page.getByRole('heading', { name: 'Your account is deleted' })).toBeVisible();
      await expect.poll(() => subjects(email)).toContainEqual(expect.stringMatching(/is deleted$/));
      await page.goto('/settings');
      await expect(page).toHaveURL(/\/sign-in/);
    });
  });
}

test('nobody is told that an account is deleted who has not deleted one', async ({ page }) => {
  await page.goto('/goodbye');
  await expect(page).toHaveURL(/\/$/);
});

test('a new browser is announced by e-mail and listed, and a known one is not', async ({
  page,
  browser,
  baseURL,
}) => {
  const { email } = await signInAsNewcomer(page);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('/');
  await signIn(page, email);
  const other = await browser.newPage({ baseURL });
  await signIn(other, email);
  await expect.poll(() => subjects(email)).toContainEqual(expect.stringMatching(/^New sign-in/));
  await page.goto('/settings');
  await expect(activity(page)).toContainText(/Signed in with a new browser: Chrome on \w+/);
  await expect(page.getByText(/^This browser: Chrome on \w+$/)).toBeVisible();
  await expect(page.getByText(/^Chrome on \w+$/)).toBeVisible();
  const { id: userId } = await db().user.findUniqueOrThrow({ where: { email } });
  expect(await db().mail.count({ where: { userId, kind: 'new_browser' } })).toBe(1);
});

test('whoever asks for the data of somebody else gets their own, or none', async ({
  page,
  request,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  const reply = await request.post('/settings/data', { maxRedirects: 0 });
  expect(reply.status()).toBe(307);
  expect(reply.headers().location).toContain('/sign-in');
  const foreign = await page.request.post('/settings/data', {
    headers: { origin: 'https://evil.example' },
  });
  expect(foreign.status()).toBe(403);
});

test('a link to a new address is of no use to whoever is signed in as somebody else', async ({
  page,
  browser,
  baseURL,
  context,
  app,
}) => {
  const { email } = await beNewcomer(context, app);
  const next = `next-${email}`;
  await page.goto('/settings');
  await page.getByLabel('New e-mail address').fill(next);
  await page.getByRole('button', { name: 'Change e-mail address' }).click();
  await expect.poll(async () => (await mailTo(next)).length).toBe(1);
  const [message] = await mailTo(next);
  const link = message?.links.find((each) => each.includes('/settings/email')) ?? '';
  const stranger = await browser.newPage({ baseURL });
  await stranger.goto(link);
  await expect(stranger).toHaveURL(/\/sign-in/);
  await beNewcomer(stranger.context(), app);
  await stranger.goto(link);
  await expect(stranger).toHaveURL(/problem=email-link/);
  // Nor when somebody else has got the address meanwhile.
  await db().user.create({ data: { email: next } });
  await page.goto(link);
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(page).toHaveURL(/problem=email-link/);
  expect(await db().user.count({ where: { email } })).toBe(1);
});

function activity(page: Page) {
  return page.getByRole('region', { name: 'Recent activity' });
}

async function subjects(email: string): Promise<string[]> {
  return (await mailTo(email)).map(({ subject }) => subject);
}
