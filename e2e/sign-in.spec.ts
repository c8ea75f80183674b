import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { hashToken } from '../lib/auth/token-hash';
import { db } from '../lib/db';
import { mailTo } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { followSignInLink, signInAsNewcomer, signInLink } from '../test/support/people';

test('a link signs in once, even if a mail scanner looked at it first', async ({
  page,
  request,
}) => {
  const email = `${randomUUID()}@example.com`;
  await askForLink(page, email);
  const link = await signInLink(email);
  // Scanners ask with HEAD, and with GET they follow every redirect.
  await request.head(link);
  expect((await request.get(link)).status()).toBe(200);
  await followSignInLink(page, link);
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.context().clearCookies();
  await followSignInLink(page, link);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('no longer works');
});

test('nobody can fill a stranger’s inbox with links', async ({ page }) => {
  const email = `${randomUUID()}@example.com`;
  for (let link = 1; link <= 5; link++) await askForLink(page, email);
  await sendForm(page, email.toUpperCase());
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Too many sign-in links');
  expect(await mailTo(email)).toHaveLength(5);

  await followSignInLink(page, await signInLink(email));
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('a link is used up by our own page alone', async ({ page, request }) => {
  const email = `${randomUUID()}@example.com`;
  await askForLink(page, email);
  const link = await signInLink(email);
  for (const origin of ['https://evil.example', 'null', undefined]) {
    const reply = await request.post(link, { headers: origin ? { origin } : {}, maxRedirects: 0 });
    expect(reply.status(), origin).toBe(403);
  }
  await followSignInLink(page, link);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('signing in again ends the session that the browser had', async ({
  browser,
  page,
  context,
}) => {
  const { email } = await signInAsNewcomer(page);
  const former = await context.cookies();
  // The sign-in page sends whoever is signed in to the dashboard, so another browser asks for the link.
  const elsewhere = await browser.newContext();
  await askForLink(await elsewhere.newPage(), email);
  await elsewhere.close();
  await followSignInLink(page, await signInLink(email));
  await expect(page).toHaveURL(/\/dashboard$/);
  await context.clearCookies();
  await context.addCookies(former);
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('the database holds nothing that a browser could sign in with', async ({ page, context }) => {
  await signInAsNewcomer(page);
  const token = (await context.cookies()).find(({ name }) => name.endsWith('session-token'))?.value;
  expect(token).toBeTruthy();
  expect(await db().session.count({ where: { sessionToken: token } })).toBe(0);
  expect(await db().session.count({ where: { sessionToken: hashToken(token ?? '') } })).toBe(1);
});

test('next-auth’s answers are not cached, and asking for the session does not extend it', async ({
  page,
}) => {
  await signInAsNewcomer(page);
  const reply = await page.request.get('/api/auth/session');
  expect(reply.headers()['cache-control']).toBe('no-store');
  expect(reply.headers()['set-cookie']).toBeUndefined();
});

test('a link comes in the language of the browser, or the one that its owner chose', async ({
  browser,
  app,
}) => {
  const email = `${randomUUID()}@example.com`;
  const page = await browser.newPage({ baseURL: app.url, locale: 'de-DE' });
  const ask = async () => {
    await page.goto('/sign-in');
    await page.locator('input[name=email]').fill(email);
    await page.getByRole('button', { name: 'Anmeldelink senden' }).click();
    await expect(page).toHaveURL(/sent=1/);
    return (await mailTo(email))[0]?.subject;
  };
  expect(await ask()).toContain('Anmeldung');
  await db().user.create({ data: { email, locale: 'en' } });
  expect(await ask()).toContain('Sign in');
  await page.close();
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
