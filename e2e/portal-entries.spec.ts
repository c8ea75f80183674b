import { expect } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { formatsIn } from '../lib/format';
import { portalRequests } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { currency, plan, yearly } from '../test/support/plans';
import { beSubscriber, createSubscriber, giveCard } from '../test/support/subscribers';

test('a payment that failed is reported on the dashboard and in billing, and leads to a new card', async ({
  page,
  context,
  app,
}) => {
  const { customer, subscription, item } = await beSubscriber(context, app);
  await giveCard(customer, 'pm_card_chargeCustomerFail');
  const dearer = await catalogueId(yearly);
  await stripe().subscriptions.update(subscription, {
    items: [{ id: item, price: dearer }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'allow_incomplete',
  });
  await syncCustomer(customer);
  const warning = page.getByRole('main').getByRole('alert');
  await page.goto('/dashboard');
  await expect(warning).toContainText('Your last payment did not go through');
  await page.goto('/billing');
  await expect(warning).toContainText('Your last payment did not go through');
  await expect(page.getByRole('region', { name: 'Current plan' })).toContainText('Due now');
  await warning.getByRole('button', { name: 'Update card' }).click();
  await expect(page.getByRole('heading', { name: 'Add payment method' })).toBeVisible();
  expect(await portalRequests(customer)).toMatchObject([
    { parameters: { flow_data: { type: 'payment_method_update' } } },
  ]);
});

test('a card that expires before the next payment says so, and leads to a new one', async ({
  page,
  context,
  app,
}) => {
  const { customer } = await beSubscriber(context, app);
  const now = new Date();
  await stripe().paymentMethods.update(await giveCard(customer, 'pm_card_visa'), {
    card: { exp_month: now.getUTCMonth() + 1, exp_year: now.getUTCFullYear() },
  });
  await syncCustomer(customer);
  await page.goto('/billing');
  const reminder = page.getByRole('main').getByRole('alert');
  await expect(reminder).toContainText('Your card expires before the next payment');
  await reminder.getByRole('button', { name: 'Update card' }).click();
  await expect(page.getByRole('heading', { name: 'Add payment method' })).toBeVisible();
});

test('a plan paused in the portal can be resumed there, and no other plan is offered', async ({
  page,
  context,
  app,
}) => {
  const { customer } = await beSubscriber(context, app);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Pause plan' }).click();
  await page.getByRole('button', { name: 'Pause subscription' }).click();
  const current = page.getByRole('region', { name: 'Current plan' });
  await expect(current).toContainText('Your plan is paused');
  await expect(current.getByRole('link', { name: 'See the plans' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await page.getByRole('button', { name: 'Resume subscription' }).click();
  await syncCustomer(customer);
  await page.goto('/billing');
  await expect(current).toContainText('Next payment');
});

test('who has no plan any more still gets to their card and invoices, and no plan to change', async ({
  page,
  context,
  app,
}) => {
  const { customer, subscription } = await beSubscriber(context, app);
  await stripe().subscriptions.cancel(subscription);
  await syncCustomer(customer);
  await page.goto('/billing');
  await expect(page.getByRole('button', { name: /(Change|Cancel|Pause) plan/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Invoice history' })).toBeVisible();
  await expect(page.getByRole('link', { name: /(Update|Cancel|Pause) subscription/ })).toHaveCount(
    0,
  );
});

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('texts, dates, money and Stripe’s pages are German', async ({ page, context, app }) => {
    const { customer } = await beSubscriber(context, app);
    await page.goto('/billing');
    const { exactMoney, money } = formatsIn('de');
    const price = plan.prices.month[currency];
    const current = page.getByRole('region', { name: 'Aktueller Tarif' });
    await expect(current).toContainText(`${money(price, currency)} pro Monat`);
    await expect(current).toContainText(`${exactMoney(price, currency)} am`);
    await expect(current).toContainText(/am \d+\. \p{L}+ \d{4}/u);
    await page.getByRole('button', { name: 'Abrechnung verwalten' }).click();
    await expect(page).not.toHaveURL(/\/billing/);
    expect(await portalRequests(customer)).toMatchObject([{ parameters: { locale: 'de' } }]);
  });

  test('the language chosen in settings takes precedence over the browser’s', async ({
    page,
    context,
    app,
  }) => {
    const { customer } = await beSubscriber(context, app);
    await page.goto('/settings');
    await page.getByRole('main').getByLabel('Sprache').selectOption('English');
    await page.getByRole('button', { name: 'Speichern', exact: true }).click();
    await expect(page.getByRole('main').getByRole('status')).toContainText(['Saved']);
    await page.goto('/billing');
    await expect(page.getByRole('region', { name: 'Current plan' })).toContainText(
      `${formatsIn('en').money(plan.prices.month[currency], currency)} per month`,
    );
    await page.getByRole('button', { name: 'Manage billing' }).click();
    await expect(page).not.toHaveURL(/\/billing/);
    expect(await portalRequests(customer)).toMatchObject([{ parameters: { locale: 'en' } }]);
  });
});

test.describe('in a browser whose language the app does not speak', () => {
  test.use({ locale: 'eo' });

  test('Stripe is left to choose', async ({ page, context, app }) => {
    const { customer } = await beSubscriber(context, app);
    await page.goto('/billing');
    await page.getByRole('button', { name: 'Manage billing' }).click();
    await expect(page).not.toHaveURL(/\/billing/);
    expect(await portalRequests(customer)).toMatchObject([{ parameters: { locale: 'auto' } }]);
  });
});

test('after the browser’s back button no button is dead and no plan is stale', async ({
  page,
  context,
  app,
}) => {
  const { subscription } = await beSubscriber(context, app);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
  await stripe().subscriptions.update(subscription, { cancel_at_period_end: true });
  await expect
    .poll(() => db().subscription.findUniqueOrThrow({ where: { id: subscription } }))
    .toMatchObject({ cancelAt: expect.any(Date) });
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Current plan' })).toContainText('Ends on');
  await page.getByRole('button', { name: 'Manage billing' }).click();
  await expect(page.getByRole('heading', { name: 'Current subscription' })).toBeVisible();
});

test('a page that the browser kept whole is reloaded when it is shown again', async ({
  page,
  context,
  app,
}) => {
  const { subscription } = await beSubscriber(context, app);
  await page.goto('/billing');
  await expect(page.getByRole('region', { name: 'Current plan' })).toContainText('Next payment');
  const data = { cancelAt: new Date() };
  await db().subscription.update({ where: { id: subscription }, data });
  await expect(async () => {
    await page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    await expect(page.getByRole('region', { name: 'Current plan' })).toContainText('Ends on', {
      timeout: 1_000,
    });
  }).toPass();
});

test('settings list what was opened, for the person alone', async ({ page, context, app }) => {
  const other = await createSubscriber();
  await beSubscriber(context, app);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Cancel plan' }).click();
  await page.getByRole('link', { name: /^Return to / }).click();
  await page.goto('/settings');
  const activity = page.getByRole('region', { name: 'Recent activity' });
  await expect(activity).toContainText('Opened billing at Stripe: cancellation');
  expect(
    await db().auditEntry.count({ where: { userId: other.userId, action: 'portal_opened' } }),
  ).toBe(0);
});
