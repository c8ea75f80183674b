import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from 'playwright/test';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { freePlan, lookupKey, type PaidPlan, paidPlans } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { english } from '../lib/words/english';
import { breakStripe, mailTo, mendStripe, passTime } from '../test/support/emulator';
import { type OwnApp, passingTime as test } from '../test/support/own-app';
import { currency, exactMoney } from '../test/support/plans';
import {
  beAgain,
  beNewcomer,
  createTeam,
  giveCard,
  type Person,
  startPlan,
} from '../test/support/subscribers';

test.describe.configure({ timeout: 240_000 });

const bySeat = paidPlans.find(({ seats }) => seats && seats.min === 1 && seats.max > 5);

test('a team lives through a year: people come and go, a card fails, the owner leaves, and it ends', async ({
  browser,
  app,
}) => {
  test.skip(!bySeat, 'no plan is sold by the seat');
  if (!bySeat) return;
  const team = await createTeam();
  const { customer } = await startPlan(team, lookupKey(bySeat, 'month'));
  await syncCustomer(customer);
  const [ada, grace, linus, eve, late] = await Promise.all(
    ['Ada', 'Grace', 'Linus', 'Eve', 'Late'].map(() => browserOf(browser, app)),
  );
  if (!ada || !grace || !linus || !eve || !late) return;
  await actAsOwner(ada, app, team.id);

  // Invitations in every state.
  const addresses = [linus.email, eve.email, late.email, `${randomUUID()}@example.com`];
  await ada.page.goto('/team/invite');
  await expect(ada.page.getByRole('region', { name: 'Cost' })).toContainText(
    `costs ${exactMoney(price(bySeat, 1))} today`,
  );
  await invite(ada.page, [grace.email, ...addresses].join('\n'));
  const links = new Map<string, string>();
  for (const email of [grace.email, ...addresses]) links.set(email, await invitationLink(email));
  await db().invitation.updateMany({
    where: { email: late.email },
    data: { expires: new Date(Date.now() - 1) },
  });
  await expectInvitation(late.page, links.get(late.email), 'has expired');
  await expectInvitation(eve.page, links.get(linus.email), 'signed in as');
  const stranger = await browser.newPage({ baseURL: app.url });
  await expectInvitation(stranger, links.get(linus.email), 'Sign in with that address');
  await expectInvitation(stranger, links.get(addresses[3] ?? ''), 'you need no account yet');
  await stranger.close();
  await rowOf(ada.page, eve.email).getByRole('button', { name: 'Revoke' }).click();
  await expect(ada.page.getByRole('region', { name: 'Invitations' })).not.toContainText(eve.email);
  await expectInvitation(eve.page, links.get(eve.email), 'This link does not work');

  // Seats follow, whatever becomes of the webhooks.
  await breakStripe({ on: 'webhook', kind: 'double', times: 50 });
  await join(grace.page, links.get(grace.email));
  await expectSeats(customer, bySeat, 2);
  await mendStripe();
  await breakStripe({ on: 'webhook', kind: 'drop', times: 50 });
  await join(linus.page, links.get(linus.email));
  await expectSeats(customer, bySeat, 3);
  await mendStripe();
  await expectInvitation(grace.page, links.get(linus.email), 'You are a member');
  for (const { page } of [ada, grace, linus]) await expectPlan(page, bySeat.title);
  // Stripe collects a payment an hour after a period begins.
  await passTime({ months: 1, days: 1 });
  await expectSeats(customer, bySeat, 3);

  // A member sees the plan and whom to ask; the owner is asked to pay when the card fails.
  await giveCard(customer, 'pm_card_chargeCustomerFail');
  await passTime({ months: 1 });
  await syncCustomer(customer);
  await ada.page.goto('/billing');
  await expect(ada.page.getByRole('button', { name: 'Pay now' })).toBeVisible();
  await grace.page.goto('/billing');
  await expect(grace.page.getByRole('button', { name: 'Pay now' })).toHaveCount(0);
  await expect(grace.page.getByRole('main')).toContainText(ada.email);
  await expectPlan(grace.page, bySeat.title);
  await giveCard(customer, 'pm_card_visa');
  const open = async () => (await stripe().invoices.list({ customer, status: 'open' })).data.length;
  await expect.poll(open).toBe(0);

  // The owner hands it over and leaves; nobody who left can use it, or is paid for.
  const offer = rowOf(ada.page, linus.email).getByRole('button', { name: 'Hand over' });
  await ada.page.goto('/team');
  await offer.click();
  await expect(ada.page.getByRole('button', { name: 'Take offer back' })).toBeVisible();
  await linus.page.goto('/team');
  await linus.page.getByRole('button', { name: 'Become owner' }).click();
  await expect(linus.page.getByRole('link', { name: 'Delete team' })).toBeVisible();
  await ada.page.goto('/team');
  await ada.page.getByRole('button', { name: 'Leave' }).click();
  await expect(ada.page).toHaveURL(/\/dashboard$/);
  await expectSeats(customer, bySeat, 2);
  await expectPlan(ada.page, freePlan.title);
  expect((await ada.page.goto('/team'))?.status()).toBe(404);
  await linus.page.goto('/team');
  await rowOf(linus.page, grace.email).getByRole('button', { name: 'Remove' }).click();
  await expect(linus.page.getByRole('region', { name: 'Members' })).not.toContainText(grace.email);
  await expectPlan(grace.page, freePlan.title);
  await expectSeats(customer, bySeat, 1);

  // It is deleted in the middle of a period, and what is not used is paid back.
  await passTime({ months: 9, days: 12 });
  await syncCustomer(customer);
  await linus.page.goto('/team/delete');
  const shown = await linus.page.getByRole('region', { name: team.name ?? '' }).textContent();
  const [, said] = /(\$[\d.,]+) for the time/.exec(shown ?? '') ?? [];
  await linus.page.getByLabel('Type the name').fill(team.name ?? '');
  await linus.page.getByRole('button', { name: 'Delete team' }).click();
  await expect(linus.page).toHaveURL(/\/dashboard$/);
  await expectPlan(linus.page, freePlan.title);
  const { data } = await stripe().subscriptions.list({ customer, status: 'all' });
  expect(data.map(({ status }) => status)).toEqual(['canceled']);
  const charges = await stripe().charges.list({ customer, limit: 100 });
  const refunded = charges.data.reduce((sum, charge) => sum + charge.amount_refunded, 0);
  expect(exactMoney(refunded)).toBe(said);
  for (const { page } of [ada, grace, linus, eve, late]) await page.context().close();
});

type Somebody = Person & { page: Page };

async function browserOf(browser: Browser, app: OwnApp): Promise<Somebody> {
  const page = await browser.newPage({ baseURL: app.url });
  return { ...(await beNewcomer(page.context(), app)), page };
}

/** In place of the one who was made with the team. */
async function actAsOwner({ page, userId, email }: Somebody, app: OwnApp, teamId: string) {
  await db().team.update({ where: { id: teamId }, data: { email } });
  await db().member.updateMany({ where: { teamId }, data: { userId } });
  await beAgain(page.context(), app, { userId, email, cookie: { name: '', value: '' } });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name: 'Crew', exact: true }).click();
  await expect(page.getByRole('link', { name: english.shell.team, exact: true })).toBeVisible();
}

async function invite(page: Page, addresses: string): Promise<void> {
  await page.getByLabel('E-mail addresses').fill(addresses);
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(page).toHaveURL(/\/team$/);
}

async function invitationLink(email: string): Promise<string> {
  const links = async () =>
    (await mailTo(email)).flatMap((mail) => mail.links.filter((it) => it.includes('/invitation?')));
  await expect.poll(async () => (await links()).length).toBe(1);
  return (await links())[0] ?? '';
}

async function expectInvitation(page: Page, link: string | undefined, text: string) {
  await page.goto(link ?? '');
  await expect(page.getByRole('main')).toContainText(text);
  await expect(page.getByRole('button', { name: 'Join' })).toHaveCount(0);
}

async function join(page: Page, link: string | undefined): Promise<void> {
  await page.goto(link ?? '');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page).toHaveURL(/\/team$/);
}

function rowOf(page: Page, email: string) {
  return page.getByRole('listitem').filter({ hasText: email });
}

async function expectPlan(page: Page, title: string): Promise<void> {
  await page.goto('/dashboard');
  await expect(page.getByRole('main')).toContainText(`You are on the ${title} plan`);
}

/** What the team pays for, and what its next invoice will come to. */
async function expectSeats(customer: string, plan: PaidPlan, seats: number): Promise<void> {
  const quantity = async () =>
    (await stripe().subscriptions.list({ customer })).data[0]?.items.data[0]?.quantity;
  await expect.poll(quantity).toBe(seats);
  const [subscription] = (await stripe().subscriptions.list({ customer })).data;
  const next = await stripe().invoices.createPreview({
    customer,
    subscription: subscription?.id,
  });
  expect(next.total).toBe(price(plan, seats));
}

function price(plan: PaidPlan, seats: number): number {
  return plan.prices.month[currency] * seats;
}
