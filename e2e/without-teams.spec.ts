import { expect } from 'playwright/test';
import { teams } from '../lib/billing/plans';
import { db } from '../lib/db';
import { test } from '../test/support/own-app';
import { beSubscriber } from '../test/support/subscribers';

// `.ci/run` turns teams off in a copy of the app, and runs this there.
test.skip(teams !== null, 'teams are on');

test('no page mentions teams, leads to one, or has one', async ({ page, context, app }) => {
  const { userId } = await beSubscriber(context, app);
  for (const path of ['/dashboard', '/billing', '/settings', '/pricing', '/']) {
    await page.goto(path);
    expect(await page.getByRole('link', { name: /team/i }).count(), path).toBe(0);
    await expect(page.locator('body'), path).not.toContainText(/\b(your|new|a) team\b/i);
  }
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByText(/acting for/i)).toHaveCount(0);
  // Also for somebody who was in one.
  const team = await db().team.create({
    data: {
      name: 'Crew',
      email: 'crew@example.com',
      members: { create: { userId, role: 'owner' } },
    },
    include: { members: true },
  });
  const actingFor = team.members[0]?.id ?? null;
  await db().session.updateMany({ where: { userId }, data: { actingFor } });
  for (const path of [
    '/team',
    '/team/new',
    '/team/invite',
    '/team/delete',
    '/invitation?token=a',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});
