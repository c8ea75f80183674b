import { expect } from 'playwright/test';
import {
  breakStripe,
  forgetRequests,
  isQuiet,
  mendStripe,
  requests,
} from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { dearerPlan } from '../test/support/plans';
import { beSubscriber } from '../test/support/subscribers';

test.afterEach(mendStripe);

test('a click on Manage billing costs one Stripe request', async ({ page, context, app }) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  await expect.poll(isQuiet).toBe(true);
  await forgetRequests();
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
  const received = await requests();
  expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/billing_portal/sessions',
  ]);
});

test('no page asks Stripe for anything, except the preview of a switch, which stands without', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await expect.poll(isQuiet).toBe(true);
  await breakStripe({ on: '*', kind: '503' });
  await forgetRequests();
  for (const path of ['/', '/pricing', '/dashboard', '/billing', '/settings']) {
    const reply = await page.goto(path);
    expect(reply?.status()).toBe(200);
  }
  expect(await requests()).toEqual([]);
  const reply = await page.goto(`/billing/switch?plan=${dearerPlan.name}&interval=year`);
  expect(reply?.status()).toBe(200);
  await expect(page.getByText('We cannot say yet what this costs')).toBeVisible();
  const asked = await requests();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/invoices/create_preview',
    'POST /v1/invoices/create_preview',
  ]);
});
