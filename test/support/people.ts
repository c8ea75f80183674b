import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import type { PaidPlan } from '../../lib/billing/plans';
import { mailTo } from './emulator';

/** Somebody new, signed in by the link in their inbox, as a person would. */
export async function signInAsNewcomer(page: Page): Promise<{ email: string }> {
  const email = `${randomUUID()}@example.com`;
  await signIn(page, email);
  return { email };
}

export async function signIn(page: Page, email: string): Promise<void> {
  const before = (await signInLinks(email)).length;
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  await expect.poll(async () => (await signInLinks(email)).length).toBeGreaterThan(before);
  await followSignInLink(page, await signInLink(email));
  await expect(page).toHaveURL(/\/dashboard$/);
}

/** Opens a sign-in link and presses the one button behind it. */
export async function followSignInLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** The newest sign-in link to an address. */
export async function signInLink(email: string): Promise<string> {
  const [link] = await signInLinks(email);
  if (!link) throw new Error(`no sign-in link for ${email}`);
  return link;
}

/** Newest first. Other e-mails come, too: that somebody signed in with a new browser, for instance. */
async function signInLinks(email: string): Promise<string[]> {
  const messages = await mailTo(email);
  return messages.flatMap(
    ({ links }) => links.find((each) => each.includes('/api/auth/callback/email')) ?? [],
  );
}

/** Pays for a plan on the pricing page with a test card, and comes back. */
export async function subscribe(page: Page, plan: PaidPlan): Promise<void> {
  await page.goto('/pricing');
  await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: plan.title }) })
    .getByRole('button', { name: 'Subscribe' })
    .click();
  await payWith(page, '4242 4242 4242 4242');
  await expect(page).toHaveURL(/\/billing\?notice=subscribed$/);
}

/** Fills in and sends Stripe's Checkout page. */
export async function payWith(page: Page, cardNumber: string): Promise<void> {
  await fillInCard(page, cardNumber);
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
}

/** Fills in a card on a page of Stripe's. */
export async function fillInCard(
  page: Page,
  cardNumber: string,
  expiration = '12 / 34',
): Promise<void> {
  await page.getByLabel('Card number').fill(cardNumber);
  await page.getByLabel('Expiration').fill(expiration);
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Lovelace');
}
