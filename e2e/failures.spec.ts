import { expect } from 'playwright/test';
import { db } from '../lib/db';
import { test } from '../test/support/own-app';
import { send } from '../test/support/raw-http';
import { beSubscriber } from '../test/support/subscribers';

test('a page that fails shows the ID that all lines of its request have', async ({
  page,
  context,
  app,
}) => {
  const { email } = await beSubscriber(context, app);
  const before = app.log.length;
  await db().$executeRaw`ALTER TABLE "UsageCounter" RENAME TO "Lost"`;
  try {
    const reply = await page.goto('/dashboard');
    const id = reply?.headers()['x-request-id'] ?? '';
    expect(id).toMatch(/^[\da-f-]{36}$/);
    await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(`mention the code ${id}`);
    const lines = app.log.slice(before).map((line) => JSON.parse(line));
    const failures = lines.filter(({ level }) => level === 'error');
    expect(failures).toMatchObject([
      { event: 'request failed', requestId: id, route: '/dashboard' },
    ]);
    expect(failures[0].message).toContain('UsageCounter');
    expect(app.log.join('\n')).not.toContain(email);
  } finally {
    await db().$executeRaw`ALTER TABLE "Lost" RENAME TO "UsageCounter"`;
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome', level: 1 })).toBeVisible();
});

test('the log says of a webhook that it was refused, and why', async ({ app }) => {
  const before = app.log.length;
  const { status, headers } = await send(app.url, {
    method: 'POST',
    path: '/api/webhooks/stripe',
    headers: { 'stripe-signature': 'v1=0' },
    body: '{}',
  });
  expect(status).toBe(400);
  const said = () => app.log.slice(before).map((line) => JSON.parse(line));
  await expect
    .poll(said)
    .toContainEqual(
      expect.objectContaining({ event: 'webhook refused', requestId: headers['x-request-id'] }),
    );
});
