import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { freePlan, lookupKey, mostMembers, paidPlans } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { english } from '../lib/words/english';
import { expectAccessible } from '../test/support/axe';
import { mailTo } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { followSignInLink, signInLink } from '../test/support/people';
import { plan } from '../test/support/plans';
import {
  beNewcomer,
  beSubscriber,
  createTeam,
  createUser,
  joinTeam,
  startPlan,
} from '../test/support/subscribers';

const bySeat = paidPlans.find((plan) => plan.seats && mostMembers(plan) > 5);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('somebody makes a team, invites people, and one without an account joins', async ({
      page,
      context,
      app,
      browser,
    }) => {
      await beNewcomer(context, app);
      await startTeam(page, 'Harbour crew');
      const invited = `${randomUUID()}@example.com`;
      await invite(page, `${invited}, other-${invited}`);
      const list = page.getByRole('region', { name: 'Invitations' });
      await expect(list.getByRole('listitem')).toHaveCount(2);
      const other = list.getByRole('listitem').filter({ hasText: `other-${invited}` });
      await other.getByRole('button', { name: 'Revoke' }).click();
      await expect(list.getByRole('listitem')).toHaveCount(1);

      const theirs = await browser.newContext({ baseURL: app.url, javaScriptEnabled });
      const there = await theirs.newPage();
      await there.goto(await invitationLink(invited));
      await expect(there.getByRole('heading', { name: 'Join Harbour crew' })).toBeVisible();
      await there.getByRole('link', { name: 'Sign in' }).last().click();
      await there.getByLabel('Email').fill(invited);
      await there.getByRole('button', { name: 'Send sign-in link' }).click();
      await expect(there.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
      await expect.poll(async () => (await mailTo(invited)).length).toBeGreaterThan(1);
      await followSignInLink(there, await signInLink(invited));
      await there.getByRole('button', { name: 'Join' }).click();
      await expect(there.getByRole('heading', { name: 'Harbour crew', level: 1 })).toBeVisible();
      await expect(there.getByRole('region', { name: 'Members' })).toContainText(
        `${invited} (you)`,
      );
      await expect(there.getByRole('link', { name: 'Invite' })).toHaveCount(0);
      await there.getByRole('button', { name: 'Leave' }).click();
      await expect(there).toHaveURL(/\/dashboard$/);
      expect((await there.goto('/team'))?.status()).toBe(404);
      await theirs.close();
    });
  });
}

test('a team is switched to and from in the account menu, and renamed', async ({
  page,
  context,
  app,
}) => {
  await beNewcomer(context, app);
  await startTeam(page, 'Harbour crew');
  await page.getByLabel('Team name').fill('Lighthouse crew');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('heading', { name: 'Lighthouse crew', level: 1 })).toBeVisible();
  await choose(page, 'Yourself');
  await expect(page.getByRole('link', { name: english.shell.team, exact: true })).toHaveCount(0);
  await choose(page, 'Lighthouse crew');
  await page.getByRole('link', { name: english.shell.team, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Lighthouse crew', level: 1 })).toBeVisible();
  await page.goto('/team/new');
  await page.getByLabel('Team name').fill('See https://example.com');
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('That name does not work');
});

test('a team is handed over, and nobody is its owner before they accept', async ({
  page,
  context,
  app,
  browser,
}) => {
  await beNewcomer(context, app);
  await startTeam(page, 'Harbour crew');
  const theirs = await browser.newContext({ baseURL: app.url });
  const there = await theirs.newPage();
  const other = await beNewcomer(theirs, app);
  const { id: teamId } = await db().team.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  await db().member.create({ data: { teamId, userId: other.userId, role: 'member' } });
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: other.email });
  await row.getByRole('button', { name: 'Make admin' }).click();
  await expect(row).toContainText('Admin');
  await row.getByRole('button', { name: 'Hand over' }).click();
  await expect(row.getByRole('button', { name: 'Take offer back' })).toBeVisible();
  await there.goto('/dashboard');
  await choose(there, 'Harbour crew');
  await there.getByRole('link', { name: english.shell.team, exact: true }).click();
  await expect(there.getByRole('link', { name: 'Delete team' })).toHaveCount(0);
  await there.getByRole('button', { name: 'Become owner' }).click();
  await expect(there.getByRole('link', { name: 'Delete team' })).toBeVisible();
  // The form of who owned it until now is from before.
  await row.getByRole('button', { name: 'Take offer back' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('no longer possible');
  await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
  await theirs.close();
});

test('whoever invites sees what a seat costs today and from then on, as it is then charged', async ({
  page,
  context,
  app,
}) => {
  test.skip(!bySeat, 'no plan is sold by the seat');
  if (!bySeat) return;
  const team = await createTeam();
  const { customer } = await startPlan(team, lookupKey(bySeat, 'month'));
  await syncCustomer(customer);
  const { cookie } = await joinTeam(team.id, 'admin');
  await context.addCookies([{ ...cookie, url: app.url, httpOnly: true }]);
  await page.goto('/team/invite');
  const cost = page.getByRole('region', { name: 'Cost' });
  const { latest_invoice } = (await stripe().subscriptions.list({ customer })).data[0] ?? {};
  const { amount_paid } = await stripe().invoices.retrieve(String(latest_invoice));
  await expect(cost).toContainText(`costs $${(amount_paid / 100).toFixed(2)} today`);
  await expect(cost).toContainText('per month from the next payment on');
  await page.getByLabel('E-mail addresses').fill('nobody');
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Not every address');
  await expect(page.getByLabel('E-mail addresses')).toBeVisible();
});

test('somebody moves the plan that they pay for to their team', async ({ page, context, app }) => {
  const { customer } = await beSubscriber(context, app);
  await startTeam(page, 'Harbour crew');
  await choose(page, 'Yourself');
  await page.goto('/billing');
  await page.getByRole('link', { name: 'Move my plan to a team' }).click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Move my plan to a team' }).click();
  await expect(page).toHaveURL(/\/billing$/);
  const current = page.getByRole('region', { name: 'Current plan' });
  await expect(current).toContainText(plan.title);
  expect(await db().team.count({ where: { stripeCustomerId: customer } })).toBe(1);
  await choose(page, 'Yourself');
  await page.goto('/billing');
  await expect(current).toContainText(freePlan.title);
});

test('the pages of a team are accessible', async ({ page, context, app }) => {
  await beNewcomer(context, app);
  await page.goto('/team/new');
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await startTeam(page, 'Harbour crew');
  const invited = `${randomUUID()}@example.com`;
  await invite(page, invited);
  const { id: teamId } = await db().team.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  const { id: userId } = await createUser();
  await db().member.create({ data: { teamId, userId, role: 'member' } });
  for (const path of ['/team', '/team/invite', '/team/delete', await invitationLink(invited)]) {
    await page.goto(path);
    await expectAccessible(page);
  }
});

async function startTeam(page: Page, name: string): Promise<void> {
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('link', { name: 'New team' }).click();
  await page.getByLabel('Team name').fill(name);
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name, exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
}

async function invite(page: Page, addresses: string): Promise<void> {
  await page.getByRole('link', { name: 'Invite' }).click();
  await page.getByLabel('E-mail addresses').fill(addresses);
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(page).toHaveURL(/\/team$/);
}

async function invitationLink(email: string): Promise<string> {
  const links = async () =>
    (await mailTo(email)).flatMap(({ links }) =>
      links.filter((link) => link.includes('/invitation?')),
    );
  await expect.poll(async () => (await links()).length).toBe(1);
  return (await links())[0] ?? '';
}
