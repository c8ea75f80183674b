import { expect, type Page } from 'playwright/test';
import { noticeCookie } from '@/lib/billing/notices';
import { stripe } from '@/lib/billing/stripe';
import { sidewaysScroll, violations } from '../test/support/axe';
import { test } from '../test/support/own-app';
import { signInAsNewcomer } from '../test/support/people';
import { dearerPlan, plan } from '../test/support/plans';
import { beSubscriber, giveCard } from '../test/support/subscribers';

test.describe.configure({ timeout: 300_000 });

test('a visitor can use every page in every state', async ({ page }) => {
  await inspect(page, [
    '/',
    '/pricing',
    '/pricing?interval=year',
    ...['unavailable', 'unknown-plan'].map((key) => `/pricing?interval=year&problem=${key}`),
    '/sign-in',
    '/sign-in?sent=1',
    ...[
      'Verification',
      'InvalidEmail',
      'TooManyLinks',
      'EmailSignin',
      'OAuthAccountNotLinked',
      'Callback',
      'x',
    ].map((code) => `/sign-in?error=${code}`),
    '/no-such-page',
  ]);
});

test('somebody new can use every page in every state', async ({ page }) => {
  await signInAsNewcomer(page);
  await inspect(page, [
    '/dashboard',
    '/billing',
    '/billing?problem=no-customer',
    '/pricing',
    '/pricing?interval=year',
    '/settings',
    ...['saved=1', 'ended=1', 'problem=name', 'problem=confirm', 'problem=unavailable'].map(
      (query) => `/settings?${query}`,
    ),
    '/no-such-page',
  ]);
});

test('a subscriber can use every page in every state', async ({ page, context, app }) => {
  await beSubscriber(context, app);
  await inspect(page, [
    '/dashboard',
    '/billing',
    ...['unavailable', 'too-often'].map((key) => `/billing?problem=${key}`),
    ...['canceling', 'changed', 'subscribed', 'stale'].map((key) => `/billing?notice=${key}`),
    `/billing/switch?plan=${dearerPlan.name}&interval=month`,
    `/billing/switch?plan=${plan.name}&interval=year`,
    '/pricing',
    '/pricing?interval=year',
    '/settings',
  ]);
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

const schemes = ['light', 'dark'] as const;
const sizes = [
  { width: 1280, height: 800 },
  // A small phone, and any window at 400 %.
  { width: 320, height: 256 },
];

/** Looks at each page by every rule, and at its colours in both themes and at both sizes. */
async function inspect(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    const notice = new URLSearchParams(path.split('?')[1]).get('notice');
    if (notice) await allowNotice(page, notice);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violations(page, 'all'), path).toEqual([]);
    for (const size of sizes) {
      await page.setViewportSize(size);
      expect(await sidewaysScroll(page), `${path} at ${size.width}`).toBe(0);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        const found = await violations(page, 'contrast');
        expect(found, `${path}, ${colorScheme}, at ${size.width}`).toEqual([]);
      }
    }
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
