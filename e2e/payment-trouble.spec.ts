import { expect, type Page } from 'playwright/test';
import { stripe } from '../lib/billing/stripe';
import { breakStripe, changeDunning, mailTo, mendStripe, passTime } from '../test/support/emulator';
import { passingTime as test } from '../test/support/own-app';
import { currency, exactMoney, plan } from '../test/support/plans';
import { beSubscriber, giveCard, type Subscriber } from '../test/support/subscribers';

const price = exactMoney(plan.prices.month[currency]);
/** A renewal's invoice is a draft for an hour before it is charged. */
const renew = async () => {
  await passTime({ months: 1 });
  await passTime({ days: 1 });
};

test.afterEach(async () => {
  await mendStripe();
  await changeDunning('cancel');
});

const alert = (page: Page) => page.getByRole('main').getByRole('alert');
const status = (page: Page) => page.getByRole('region', { name: 'Current plan' });

/** Loads the billing page until the webhooks have told what the test waits for. */
async function expectBilling(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.goto('/billing');
    await expect(status(page)).toContainText(text, { timeout: 500 });
  }).toPass();
}

/** How often each kind of e-mail has come. */
async function mailed({ email }: Subscriber): Promise<Record<string, number>> {
  const kinds = (await mailTo(email)).map(({ headers }) => headers['x-cause']?.split(' ')[0] ?? '');
  return Object.fromEntries(
    kinds.map((kind) => [kind, kinds.filter((each) => each === kind).length]),
  );
}

async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration').fill('11 / 39');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Lovelace');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('three failed payments are explained, and a new card pays what is open', async ({
      page,
      context,
      app,
    }) => {
      const person = await beSubscriber(context, app);
      await giveCard(person.customer, 'pm_card_chargeCustomerFail');
      await breakStripe({ on: 'payment', kind: 'fail', decline_code: 'insufficient_funds' });
      await renew();
      await expectBilling(page, `${price} is open`);
      await expect(alert(page)).toContainText(/ending in 0341\W+was declined/);
      await expect(alert(page)).toContainText('not enough money');
      await expect(alert(page)).toContainText('You keep your plan while we try again');
      const firstDate = await alert(page).locator('time').getAttribute('datetime');
      await expect(status(page)).not.toContainText('Next payment');
      await expect(page.getByRole('button', { name: 'Pay now' })).toHaveCount(1);
      for (const path of ['/dashboard', '/settings', '/pricing']) {
        await page.goto(path);
        const banner = page.getByRole('alert').filter({ hasText: `${price} is open` });
        await expect(banner).toHaveCount(1);
        await page.getByRole('link', { name: 'See what to do' }).click();
        await expect(page).toHaveURL('/billing');
      }
      await passTime({ days: 3 });
      await passTime({ days: 5 });
      await expect(async () => {
        await page.reload();
        const date = await alert(page).locator('time').getAttribute('datetime');
        expect(date).not.toBe(firstDate);
      }).toPass();
      await mendStripe();
      await page.getByRole('button', { name: 'Update card' }).click();
      await fillCard(page, '5555 5555 5555 4444');
      await page.getByRole('button', { name: 'Add payment method' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=card-(paid|saved)$/);
      await expect(page.getByRole('main').getByRole('status')).toContainText([
        'Your card is saved',
      ]);
      await expect(alert(page)).toHaveCount(0);
      await expect(status(page)).toContainText('Active');
      await expect(status(page)).toContainText('ending in 4444');
      await expect(status(page)).toContainText('Next payment');
      await expect
        .poll(() => mailed(person))
        .toEqual({ welcome: 1, receipt: 2, payment_failed: 1 });
    });

    test('a payment that waits for its holder is approved on the page of the invoice', async ({
      page,
      context,
      app,
    }) => {
      const person = await beSubscriber(context, app);
      await giveCard(person.customer, 'pm_card_authenticationRequired');
      await renew();
      await expectBilling(page, 'Your bank wants you to approve the payment');
      await page.getByRole('button', { name: 'Pay now' }).click();
      await page.getByRole('button', { name: `Pay ${price}` }).click();
      await page.getByRole('button', { name: 'Complete authentication' }).click();
      await expect(page.getByText('Thank you')).toBeVisible();
      await expectBilling(page, 'Active');
      await expect(alert(page)).toHaveCount(0);
      await expect
        .poll(() => mailed(person))
        .toEqual({ welcome: 1, receipt: 2, action_required: 1 });
    });
  });
}

test('a plan on hold comes back once the invoice is paid', async ({ page, context, app }) => {
  await changeDunning('unpaid');
  const person = await beSubscriber(context, app);
  await giveCard(person.customer, 'pm_card_chargeCustomerFail');
  await renew();
  // Or Stripe would have nothing left to tell of the first attempt.
  await expectBilling(page, 'next attempt');
  await passTime({ days: 20 });
  await expectBilling(page, 'Your plan is on hold');
  // The events of the invoice may come after that of the subscription.
  await expect(async () => {
    await page.reload();
    await expect(alert(page)).not.toContainText('next attempt', { timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Pay this invoice' })).toBeVisible();
  await page.getByLabel('Another card').check();
  await fillCard(page, '5555 5555 5555 4444');
  await page.getByRole('button', { name: `Pay ${price}` }).click();
  await expect(page.getByText('Thank you')).toBeVisible();
  await expectBilling(page, 'Active');
  await expect
    .poll(() => mailed(person))
    .toEqual({ welcome: 1, receipt: 2, payment_failed: 1, payment_failed_finally: 1 });
});

test('what was paid meanwhile is not opened to be paid again', async ({ page, context, app }) => {
  const person = await beSubscriber(context, app);
  await giveCard(person.customer, 'pm_card_chargeCustomerFail');
  await renew();
  await expectBilling(page, `${price} is open`);
  const { data } = await stripe().invoices.list({ customer: person.customer, status: 'open' });
  await stripe().invoices.pay(data[0]?.id ?? '', { paid_out_of_band: true });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page).toHaveURL(/notice=nothing-open$/);
  await expect(status(page)).toContainText('Nothing is open any more');
  await expect(alert(page)).toHaveCount(0);
});

test('a refund and a dispute show on their invoices, are mailed and reported once', async ({
  page,
  context,
  app,
}) => {
  const person = await beSubscriber(context, app);
  const { data } = await stripe().charges.list({ customer: person.customer });
  await stripe().refunds.create({ charge: data[0]?.id, amount: 100 });
  await giveCard(person.customer, 'pm_card_createDispute');
  await renew();
  const rows = page.getByRole('region', { name: 'Invoices' }).getByRole('row');
  await expect(async () => {
    await page.goto('/billing');
    await expect(rows.filter({ hasText: 'Disputed' })).toHaveCount(1, { timeout: 500 });
    await expect(rows.filter({ hasText: `${exactMoney(100)} refunded` })).toHaveCount(1);
  }).toPass();
  const reported = (event: string) =>
    app.log.filter((line) => line.includes(event) && line.includes(person.customer)).length;
  await expect.poll(() => reported('payment disputed')).toBe(1);
  expect(reported('payment refunded')).toBe(1);
  await stripe().refunds.create({ charge: data[0]?.id });
  const disputes = await stripe().disputes.list({ limit: 1 });
  await stripe().disputes.close(disputes.data[0]?.id ?? '');
  await expect(async () => {
    await page.goto('/billing');
    await expect(rows.filter({ hasText: 'Charged back' })).toHaveCount(1, { timeout: 500 });
    await expect(rows.filter({ hasText: 'Refunded' })).toHaveCount(1);
  }).toPass();
  await expect.poll(async () => (await mailed(person)).refunded).toBe(2);
  expect(reported('payment disputed')).toBe(1);
});

test('a planned end is said once, also right after the cancellation', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Cancel plan' }).click();
  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await expect(page).toHaveURL(/notice=canceling$/);
  await expect(page.getByText('Your plan will end')).toHaveCount(1);
  await page.reload();
  await expect(page.getByText('Your plan will end')).toHaveCount(1);
});
