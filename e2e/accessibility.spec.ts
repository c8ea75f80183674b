import { expect, type Page } from 'playwright/test';
import { noticeCookie } from '@/lib/billing/notices';
import { stripe } from '@/lib/billing/stripe';
import { expectAccessible, sidewaysScroll } from '../test/support/axe';
import { addInvoices } from '../test/support/invoices';
import { test } from '../test/support/own-app';
import { dearerPlan, plan } from '../test/support/plans';
import { beNewcomer, beSubscriber, giveCard } from '../test/support/subscribers';

test.describe.configure({ timeout: 300_000 });

test('a visitor can use every page in every state', async ({ page }) => {
  await inspect(page, [
    '/',
    '/pricing',
    '/pricing?interval=year',
    ...['unavailable', 'unknown-plan'].map((key) => `/pricing?interval=year&problem=${key}`),
    '/sign-in',
    '/sign-in?sent=1',
    // The others differ only in their words.
    ...['Verification', 'OAuthAccountNotLinked'].map((code) => `/sign-in?error=${code}`),
    '/no-such-page',
  ]);
});

test('somebody new can use every page in every state', async ({ page, context, app }) => {
  await beNewcomer(context, app);
  await inspect(page, [
    '/dashboard',
    '/billing',
    '/billing?problem=no-customer',
    '/pricing',
    '/settings',
    ...['saved=1', 'problem=name', 'problem=confirm', 'problem=unavailable'].map(
      (query) => `/settings?${query}`,
    ),
  ]);
});

test('a subscriber can use every page in every state', async ({ page, context, app }) => {
  await beSubscriber(context, app);
  await inspect(page, [
    '/dashboard',
    '/billing',
    ...['unavailable', 'too-often'].map((key) => `/billing?problem=${key}`),
    ...['canceling', 'stale'].map((key) => `/billing?notice=${key}`),
    `/billing/switch?plan=${dearerPlan.name}&interval=month`,
    `/billing/switch?plan=${plan.name}&interval=year`,
    '/pricing',
    '/pricing?interval=year',
    '/settings',
  ]);
});

test('somebody with years of invoices can use the billing page, and finds one by its number', async ({
  page,
  context,
  app,
}) => {
  const { userId } = await beNewcomer(context, app);
  const invoices = Array.from({ length: 14 }, (_, index) => ({
    number: `F-${index + 1}`,
    hostedInvoiceUrl: 'https://stripe.example/invoice',
    createdAt: new Date(Date.UTC(2025, index, 15)),
  }));
  await addInvoices(userId, [...invoices, { currency: 'eur', createdAt: new Date('2026-02-01') }]);
  await inspect(page, ['/billing', '/billing?year=2025', '/billing?number=none']);
  await page.getByRole('searchbox', { name: 'Find by number' }).fill('f-12');
  await page.getByRole('button', { name: 'Find' }).click();
  const rows = page.getByRole('region', { name: 'Invoices' }).locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Dec 15, 2025');
  await page.getByRole('link', { name: '2025' }).click();
  await expect(rows).toHaveCount(12);
  await page.getByText('As a table').click();
  const months = page.getByRole('region', { name: 'Paid by month' }).getByRole('row');
  await expect(months.filter({ hasText: 'Feb 2026' })).toContainText('€9.00');
});

test('somebody whose plan ends can use the billing page', async ({ page, context, app }) => {
  const { subscription } = await beSubscriber(context, app);
  await stripe().subscriptions.update(subscription, { cancel_at_period_end: true });
  await untilBillingSays(page, 'Ending');
  await inspect(page, ['/billing', '/dashboard', '/pricing']);
});

test('somebody whose payment failed can use the billing page', async ({ page, context, app }) => {
  const { customer, subscription, item } = await beSubscriber(context, app);
  await giveCard(customer, 'pm_card_chargeCustomerFail');
  await stripe().subscriptions.update(subscription, {
    items: [{ id: item, quantity: 2 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'allow_incomplete',
  });
  await untilBillingSays(page, 'Payment overdue');
  await inspect(page, ['/billing', '/dashboard', '/pricing']);
});

async function inspect(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    const notice = new URLSearchParams(path.split('?')[1]).get('notice');
    if (notice) await allowNotice(page, notice);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await spaceOutText(page);
    expect(await sidewaysScroll(page), `${path} with its text spaced out`).toBe(0);
  }
}

/** As the way back from Stripe does. */
async function allowNotice(page: Page, value: string): Promise<void> {
  const url = new URL(noticeCookie.path, page.url()).href;
  await page.context().addCookies([{ name: noticeCookie.name, value, url }]);
}

/** What WCAG 1.4.12 lets readers set, by a style sheet that the page's policy has no say in. */
async function spaceOutText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Waits for what Stripe tells the app by itself. */
async function untilBillingSays(page: Page, words: string): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto('/billing');
      return page.getByRole('region', { name: 'Current plan' }).textContent();
    })
    .toContain(words);
}
