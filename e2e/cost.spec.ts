import { expect, test } from 'playwright/test';
import {
  breakStripe,
  forgetRequests,
  isQuiet,
  mendStripe,
  requests,
} from '../test/support/emulator';
import { signInAsNewcomer, subscribe } from '../test/support/people';
import { plan } from '../test/support/plans';

test.afterEach(mendStripe);

test('a click on Manage billing costs one Stripe request', async ({ page }) => {
  await signInAsNewcomer(page);
  await subscribe(page, plan);
  await expect.poll(isQuiet).toBe(true);
  await forgetRequests();
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
  const received = await requests();
  expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/billing_portal/sessions',
  ]);
});

test('no page of the app asks Stripe for anything', async ({ page }) => {
  await signInAsNewcomer(page);
  await subscribe(page, plan);
  await expect.poll(isQuiet).toBe(true);
  await breakStripe({ on: '*', kind: '503' });
  const before = (await requests()).length;
  for (const path of ['/', '/pricing', '/dashboard', '/billing', '/settings']) {
    const reply = await page.goto(path);
    expect(reply?.status()).toBe(200);
  }
  expect((await requests()).length).toBe(before);
});
