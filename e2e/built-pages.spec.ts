import { expect } from 'playwright/test';
import { test } from '../test/support/own-app';
import { yearly } from '../test/support/plans';
import { beSubscriber } from '../test/support/subscribers';

// Pages that are built ahead: one address for all languages and currencies, and for those with a session.

test('an address has the page of each language and currency, and says so to caches', async ({
  request,
  app,
}) => {
  const [english, german, dollars] = [await get('en-US'), await get('de-DE'), await get('de-US')];
  expect(english.text).toContain('<html lang="en"');
  expect(english.text).toContain('$12');
  expect(german.text).toContain('<html lang="de"');
  expect(german.text).toMatch(/11\s€/);
  expect(dollars.text).toMatch(/12\s\$/);
  expect(new Set([english.etag, german.etag, dollars.etag]).size).toBe(3);
  for (const { headers, text } of [english, german, dollars]) {
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(headers.vary).toMatch(/Cookie.*Accept-Language/);
    expect(headers).not.toHaveProperty('set-cookie');
    const [, picture = ''] = /property="og:image" content="([^"]+)"/.exec(text) ?? [];
    expect(picture).toContain(`${app.url}/`);
    expect((await request.get(picture)).headers()['content-type']).toBe('image/png');
  }
  expect((await get('de-DE', { 'if-none-match': german.etag })).status).toBe(304);
  expect((await get('en-US', { 'if-none-match': german.etag })).status).toBe(200);

  async function get(language: string, more: Record<string, string> = {}) {
    const headers = { 'accept-language': language, ...more };
    const response = await request.get('/pricing', { headers });
    const { etag = '', ...rest } = response.headers();
    return { status: response.status(), text: await response.text(), etag, headers: rest };
  }
});

test('what is built has no address of its own', async ({ request }) => {
  for (const path of ['/built/en/off/usd', '/built/en/off/usd/pricing/month', '/built']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});

test('somebody with a session sees their own page, which no cache keeps', async ({
  page,
  context,
  app,
}) => {
  await page.goto('/pricing');
  await page.getByRole('link', { name: 'Yearly' }).click();
  await expect(page).toHaveURL('/pricing?interval=year');
  await beSubscriber(context, app, yearly);
  const response = await page.goto('/pricing');
  expect(response?.headers()['cache-control']).toContain('no-store');
  await expect(page.getByText('Your plan', { exact: true })).toBeVisible();
});
