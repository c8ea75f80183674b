import { expect } from 'playwright/test';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { planWith } from '../lib/billing/plan-with';
import { features } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { expectAccessible, sidewaysScroll } from '../test/support/axe';
import { test } from '../test/support/own-app';
import { send } from '../test/support/raw-http';
import { beNewcomer, beSubscriber, createSubscriber } from '../test/support/subscribers';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('somebody creates an API key, sees it once, uses it and revokes it', async ({
      page,
      context,
      app,
    }) => {
      await beSubscriber(context, app);
      await page.goto('/settings');
      const section = page.getByRole('region', { name: 'API keys' });
      await section.getByRole('button', { name: 'Create API key' }).click();
      const notice = section.getByRole('status').filter({ hasText: 'Your new API key' });
      const key = (await notice.locator('code').textContent()) ?? '';
      expect(await sidewaysScroll(page)).toBe(0);
      expect(page.url()).not.toContain(key);

      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ name: 'Harbour' });
      const request = { method: 'POST', path: '/api/projects', headers, body };
      const created = await send(app.url, request);
      expect(created.status).toBe(201);
      await page.goto('/projects');
      await expect(page.getByText('Harbour')).toBeVisible();

      await page.goto('/settings');
      await expect(page.locator('body')).not.toContainText(key);
      await expect(section).toContainText(`${key.slice(0, 12)}…`);
      await expect(section).toContainText('last used on');
      await section.getByRole('button', { name: 'Revoke' }).click();
      await expect(section.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
      const refused = await send(app.url, { path: '/api/projects', headers });
      expect(refused.status).toBe(401);
    });
  });
}

test('the page that answers with a key runs only the scripts that it came with', async ({
  app,
}) => {
  const person = await createSubscriber();
  const form = await formNamed(app.url, '/settings', person, 'Create API key');
  const answer = await sendForm(app.url, '/settings', form, { headers: cookieOf(person) });
  const policy = String(answer.headers['content-security-policy']);
  const [, nonce] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy) ?? [];
  const scripts = answer.body.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
});

test('a form that is sent again creates no second key', async ({ app }) => {
  const person = await createSubscriber();
  const form = await formNamed(app.url, '/settings', person, 'Create API key');
  const headers = cookieOf(person);
  const first = await sendForm(app.url, '/settings', form, { headers });
  const [key = ''] = /key_[\w-]{43}/.exec(first.body) ?? [];
  expect(key).not.toBe('');
  expect(first.headers['cache-control']).toContain('no-store');
  const again = await sendForm(app.url, '/settings', form, { headers });
  expect(again.headers.location).toContain('problem=key-exists');
  for (const [name, problem] of [
    ['', 'key-name'],
    ['x'.repeat(101), 'key-name'],
  ] as const) {
    const reply = await sendForm(app.url, '/settings', form, { headers, fields: { key: name } });
    expect(reply.headers.location).toContain(`problem=${problem}`);
  }
  const nul = { headers, fields: { key: 'a\u0000b' } };
  expect((await sendForm(app.url, '/settings', form, nul)).status).toBeLessThan(500);
});

test('somebody whose plan has no API learns which plan has it', async ({ page, context, app }) => {
  await beNewcomer(context, app);
  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'API keys' });
  await expect(section).toContainText(`${features.api} is part of the ${planWith('api')?.title}`);
  await expect(section.getByRole('button')).toHaveCount(0);
  await section.getByRole('link', { name: 'See the plans' }).click();
  await expect(page).toHaveURL(/\/pricing\?for=api$/);
  await expect(page.getByRole('main').getByRole('status').first()).toContainText(features.api);
});

test('nobody creates a key once their plan has ended, or without signing in', async ({ app }) => {
  const person = await createSubscriber();
  const form = await formNamed(app.url, '/settings', person, 'Create API key');
  const strange = await sendForm(app.url, '/settings', form, {});
  expect(strange.headers.location).toContain('/sign-in');
  await stripe().subscriptions.cancel(person.subscription);
  await syncCustomer(person.customer);
  const reply = await sendForm(app.url, '/settings', form, { headers: cookieOf(person) });
  expect(reply.headers.location).toContain('/pricing?for=api');
  expect(await db().apiKey.count({ where: { userId: person.userId } })).toBe(0);
});

test('the section for API keys is accessible, with a problem and without', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  for (const problem of ['key-name', 'key-exists', 'too-many-keys']) {
    await page.goto(`/settings?problem=${problem}`);
    await expect(page.getByRole('region', { name: 'API keys' }).getByRole('alert')).toBeVisible();
  }
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Create API key' }).click();
  await expect(page.getByText('Your new API key')).toBeVisible();
  await expectAccessible(page);
});
