import { expect } from 'playwright/test';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { stripe } from '../lib/billing/stripe';
import {
  breakStripe,
  changeKey,
  forgetRequests,
  mendStripe,
  portalRequests,
} from '../test/support/emulator';
import { expectPortalHome, expectProblem } from '../test/support/expectations';
import { appKey, everyRight, test } from '../test/support/own-app';
import { currency, money, plan } from '../test/support/plans';
import { beSubscriber } from '../test/support/subscribers';

const portal = 'POST /v1/billing_portal/sessions';

test.afterEach(mendStripe);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    // Without JavaScript one of them is enough: lib/billing/portal.test.ts tries everything that can go wrong.
    for (const { when, kind } of [
      { when: 'has too much to do', kind: '429' },
      ...(javaScriptEnabled ? [{ when: 'cuts the connection', kind: 'reset' }] : []),
    ]) {
      test(`when Stripe ${when}, the page says so, and the button works once it is back`, async ({
        page,
        context,
        app,
      }) => {
        await beSubscriber(context, app);
        await page.goto('/billing');
        await breakStripe({ on: portal, kind });
        await page.getByRole('button', { name: 'Pause plan' }).click();
        await expectProblem(page, 'did not answer', 'nothing was charged', 'try again');
        await mendStripe();
        await page.getByRole('button', { name: 'Try again' }).click();
        await expectPortalHome(page);
      });
    }

    test('when Stripe is down, nobody is sold a plan and nothing is charged', async ({
      page,
      context,
      app,
    }) => {
      const { customer, subscription } = await beSubscriber(context, app);
      await stripe().subscriptions.cancel(subscription);
      await syncCustomer(customer);
      await page.goto('/pricing');
      await breakStripe({ on: '*', kind: '503' });
      await page.getByRole('button', { name: 'Subscribe' }).first().click();
      await expect(page).toHaveURL(/\/pricing\?.*problem=unavailable$/);
      await expectProblem(page, 'did not answer', 'nothing was charged');
    });
  });
}

for (const { when, key } of [
  { when: 'was revoked', key: { state: 'revoked', rights: everyRight } },
  { when: 'has expired', key: { state: 'expired', rights: everyRight } },
  { when: 'lacks a right', key: { rights: without('rak_customer_portal_write') } },
] as const) {
  test(`when our key ${when}, the person reads that it is our fault, and the operator why`, async ({
    page,
    context,
    app,
  }) => {
    const { customer } = await beSubscriber(context, app);
    await page.goto('/billing');
    const before = app.log.length;
    await changeKey(appKey, key);
    try {
      await page.getByRole('button', { name: 'Manage billing' }).click();
      await expectProblem(page, 'We could not open billing', 'nothing was charged');
    } finally {
      await changeKey(appKey, { rights: everyRight });
    }
    const [refused, ...more] = await portalRequests(customer);
    expect(more).toEqual([]);
    const said = app.log.slice(before).join('\n');
    if (refused) expect(said).toContain(refused.id);
    expect(said).toMatch(/Invalid API Key|Expired API Key|'rak_customer_portal_write'/);
    expect(said).not.toContain(appKey);
    await page.getByRole('button', { name: 'Manage billing' }).click();
    await expectPortalHome(page);
  });
}

test('when Stripe is down, a switch says that its amount is not known, and charges nothing', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await page.goto('/pricing?interval=year');
  await breakStripe({ on: '*', kind: '503' });
  await page.getByRole('button', { name: 'Switch to yearly' }).click();
  await expectProblem(page, 'We cannot say yet what this costs', 'Nothing was changed');
});

test('who comes back while Stripe is down reads that the page may be behind', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await breakStripe({ on: '*', kind: 'reset' });
  await page.goto('/billing/return?done=subscription_cancel');
  await expect(page.getByRole('main').getByRole('status')).toContainText(['out of date']);
  await expect(page.getByRole('region', { name: 'Current plan' })).toContainText(
    money(plan.prices.month[currency]),
  );
});

test('a Stripe that hangs once is asked again, and nobody notices', async ({
  page,
  context,
  app,
}) => {
  const { customer } = await beSubscriber(context, app);
  await page.goto('/billing');
  await forgetRequests();
  await breakStripe({ on: portal, kind: 'hang', times: 1 });
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expectPortalHome(page);
  expect((await portalRequests(customer)).some(({ status }) => status === 200)).toBe(true);
});

test('a Stripe that is too slow every time is given up, and the page says so', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  await breakStripe({ on: portal, kind: 'latency', ms: 30_000 });
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(['Opening billing']);
  await expect(page).toHaveURL(/problem=unavailable$/, { timeout: 30_000 });
  await expectProblem(page, 'did not answer', 'nothing was charged');
});

function without(right: string): string[] {
  return everyRight.filter((each) => each !== right);
}
