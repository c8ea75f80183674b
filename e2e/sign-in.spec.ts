import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from 'playwright/test';
import { mailTo } from '../test/support/emulator';
import { signInLink } from '../test/support/people';

test('a link signs in once, even if a mail scanner looked at it first', async ({
  page,
  request,
}) => {
  const email = `${randomUUID()}@example.com`;
  await askForLink(page, email);
  const link = await signInLink(email);
  expect((await request.head(link, { maxRedirects: 0 })).status()).toBe(200);
  await page.goto(link);
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('no longer works');
});

test('nobody can fill a stranger’s inbox with links', async ({ page }) => {
  const email = `${randomUUID()}@example.com`;
  for (let link = 1; link <= 10; link++) await askForLink(page, email);
  await sendForm(page, email.toUpperCase());
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Too many sign-in links');
  expect(await mailTo(email)).toHaveLength(10);

  await page.goto(await signInLink(email));
  await expect(page).toHaveURL(/\/dashboard$/);
});

async function askForLink(page: Page, email: string): Promise<void> {
  await sendForm(page, email);
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
}

async function sendForm(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send sign-in link' }).click();
}
