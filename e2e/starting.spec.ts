import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { lookupKey, type PaidPlan, paidPlans } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { mailTo, passTime } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { fillInCard, payWith, signIn } from '../test/support/people';
import { currency, dearerPlan, exactMoney, money, plan, sellsTwo } from '../test/support/plans';
import { beNewcomer, giveCard } from '../test/support/subscribers';

// How a plan begins: with a trial, with a code, and never twice.

const tried = paidPlans.find(({ trial, retired }) => trial && !trial.card && !retired);

function cardOf(page: Page, { title }: PaidPlan) {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

async function startTrial(page: Page, wanted: PaidPlan): Promise<void> {
  await page.goto('/pricing');
  await cardOf(page, wanted).getByRole('button', { name: 'Start trial' }).click();
  await expect(page.getByText('Card number')).toHaveCount(0);
  await page.getByRole('button', { name: 'Start trial' }).click();
  await expect(page).toHaveURL(/\/billing\?notice=trial-started$/);
}

/** The kinds of e-mail about billing that an address got, sorted. */
async function kindsTo(email: string): Promise<string[]> {
  const mails = await mailTo(email);
  return mails.flatMap(({ headers }) => headers['x-cause']?.split(' ')[0] ?? []).toSorted();
}

async function ownRows(email: string) {
  const user = await db().user.findUniqueOrThrow({ where: { email } });
  const subscriptions = await db().subscription.findMany({
    where: { customer: { userId: user.id } },
    orderBy: { createdAt: 'asc' },
  });
  return { ...user, subscriptions };
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a trial without a card says what it will cost, reminds, and ends without a charge', async ({
    page,
    context,
    app,
  }) => {
    test.skip(!tried);
    if (!tried?.trial) return;
    const { days } = tried.trial;
    const price = tried.prices.month[currency];
    const { email } = await beNewcomer(context, app);
    await page.goto('/pricing');
    await expect(cardOf(page, tried)).toContainText(`${days} days free, then ${money(price)}`);
    await startTrial(page, tried);
    const main = page.getByRole('main');
    await expect(main).toContainText('Trial ends on');
    await expect(main).toContainText(`${exactMoney(price)} on`);
    await page.goto('/dashboard');
    await expect(main).toContainText(`you pay ${exactMoney(price)} then`);
    await expect.poll(() => kindsTo(email)).toEqual(['welcome']);

    await passTime({ days: days - 2 });
    await expect.poll(() => kindsTo(email)).toEqual(['trial_ending', 'welcome']);
    await passTime({ days: 3 });
    await expect.poll(() => kindsTo(email)).toEqual(['trial_ended', 'trial_ending', 'welcome']);
    await page.goto('/billing');
    await expect(main).toContainText('Your trial has ended');
    await expect(main).toContainText('nothing was charged');
    await page.goto('/pricing');
    await expect(cardOf(page, tried).getByRole('button', { name: 'Subscribe' })).toBeVisible();
  });

  test('a code shows the resulting price, and is paid at that price', async ({
    page,
    context,
    app,
  }) => {
    const coupon = await stripe().coupons.create({ percent_off: 25, duration: 'once' });
    const code = `SPRING-${randomUUID().slice(0, 8)}`;
    await stripe().promotionCodes.create({
      code,
      promotion: { type: 'coupon', coupon: coupon.id },
      restrictions: { first_time_transaction: true },
    });
    const full = plan.prices.month[currency];
    const reduced = full - Math.round(full / 4);
    const { email } = await beNewcomer(context, app);
    await page.goto('/pricing');
    await page.getByLabel('Promotion code').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page).toHaveURL(new RegExp(`code=${code}`, 'i'));
    await expect(page.getByRole('main')).toContainText('It is for your first purchase.');
    await expect(cardOf(page, plan)).toContainText(`instead of ${money(full)} with your code`);
    await cardOf(page, plan).getByRole('button', { name: 'Subscribe' }).click();
    await expect(page.getByText(exactMoney(reduced)).first()).toBeVisible();
    await payWith(page, '4242 4242 4242 4242');
    await expect(page).toHaveURL(/\/billing\?notice=subscribed$/);
    const { stripeCustomerId: customer } = await ownRows(email);
    const { data } = await stripe().invoices.list({ customer: customer ?? '' });
    expect(data).toMatchObject([{ amount_paid: reduced }]);

    await page.goto('/pricing?code=no-such-code');
    await expect(page.getByLabel('Promotion code')).toHaveCount(0);
  });
});

test('nobody has a second trial by a tag of their address, or after deleting their account', async ({
  page,
  browser,
  app,
}) => {
  test.skip(!tried);
  if (!tried) return;
  const name = randomUUID();
  await signIn(page, `${name}@example.com`);
  await startTrial(page, tried);
  await expect.poll(() => kindsTo(`${name}@example.com`)).toEqual(['welcome']);
  const stranger = await browser.newPage({ baseURL: app.url });
  await signIn(stranger, `${name}+1@example.com`);
  await stranger.goto('/pricing');
  await expect(cardOf(stranger, tried).getByRole('button', { name: 'Subscribe' })).toBeVisible();
  await expect(stranger.getByRole('button', { name: 'Start trial' })).toHaveCount(0);
  await stranger.close();

  await page.goto('/settings');
  await page.getByLabel(/confirm/i).fill(`${name}@example.com`);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByRole('heading', { name: 'Goodbye' })).toBeVisible();
  await signIn(page, `${name}@example.com`);
  await page.goto('/pricing');
  await expect(cardOf(page, tried).getByRole('button', { name: 'Subscribe' })).toBeVisible();
});

test('a card that had a trial ends another one before any charge, and the pages say why', async ({
  page,
  browser,
  app,
  context,
}) => {
  test.skip(!tried);
  if (!tried) return;
  const card = 'pm_card_amex';
  const first = await beNewcomer(context, app);
  await startTrial(page, tried);
  const before = await ownRows(first.email);
  await giveCard(before.stripeCustomerId ?? '', card);
  // The person and the card.
  const [{ id: subscriptionId } = { id: '' }] = before.subscriptions;
  await expect.poll(() => db().trialUse.count({ where: { subscriptionId } })).toBe(2);
  const again = await browser.newPage({ baseURL: app.url });
  const { email } = await beNewcomer(again.context(), app);
  await startTrial(again, tried);
  const { stripeCustomerId: customer } = await ownRows(email);
  await giveCard(customer ?? '', card);
  await expect.poll(() => kindsTo(email)).toEqual(['trial_ended', 'welcome']);
  await again.goto('/billing');
  await expect(again.getByRole('main')).toContainText('You have had your trial already');
  await again.goto('/pricing');
  await expect(cardOf(again, tried).getByRole('button', { name: 'Subscribe' })).toBeVisible();
  const { data } = await stripe().charges.list({ customer: customer ?? '' });
  expect(data).toEqual([]);
  await again.close();
  const { subscriptions } = await ownRows(first.email);
  expect(subscriptions.map(({ status }) => status)).toEqual(['trialing']);
});

test('a code that is not valid is said to be so, and the plans can be bought without', async ({
  page,
}) => {
  await page.goto('/pricing?code=no-such-code');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('That code is not valid');
  await expect(cardOf(page, plan)).toContainText(money(plan.prices.month[currency]));
  await expect(cardOf(page, plan).getByRole('button', { name: 'Subscribe' })).toBeVisible();
});

test('two Checkout pages that are paid at once end as one plan, and the other is refunded', async ({
  page,
  context,
  app,
}) => {
  test.skip(!sellsTwo);
  const { email } = await beNewcomer(context, app);
  await page.goto('/pricing');
  await cardOf(page, plan).getByRole('button', { name: 'Subscribe' }).click();
  await expect(page.getByLabel('Card number')).toBeVisible();
  const { id, stripeCustomerId: customer } = await ownRows(email);
  // What a click at the same moment in another tab opens: it saw no page yet that it had to close.
  const session = await stripe().checkout.sessions.create({
    mode: 'subscription',
    customer: customer ?? '',
    currency,
    line_items: [{ price: await catalogueId(lookupKey(dearerPlan, 'month')), quantity: 1 }],
    subscription_data: { metadata: { userId: id } },
    success_url: page.url(),
  });
  const other = await context.newPage();
  await other.goto(session.url ?? '');
  for (const each of [page, other]) {
    await fillInCard(each, '4242 4242 4242 4242');
  }
  const pay = (each: Page) =>
    each.getByRole('button', { name: 'Subscribe', exact: true }).evaluate((button) => {
      if (button instanceof HTMLButtonElement) button.form?.requestSubmit();
    });
  await Promise.all([page, other].map(pay));
  await expect
    .poll(async () => (await ownRows(email)).subscriptions.map(({ status }) => status).toSorted())
    .toEqual(['active', 'canceled']);
  const total = plan.prices.month[currency] + dearerPlan.prices.month[currency];
  await expect
    .poll(async () => {
      const { data } = await stripe().charges.list({ customer: customer ?? '' });
      const paid = data.reduce((sum, { amount_captured }) => sum + amount_captured, 0);
      const refunded = data.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
      const kept = (await ownRows(email)).subscriptions.find(({ status }) => status === 'active');
      return { paid, isOnePaid: paid - refunded === Number(kept?.unitAmount) };
    })
    .toEqual({ paid: total, isOnePaid: true });
  await expect
    .poll(() => kindsTo(email))
    .toEqual(['ended', 'receipt', 'receipt', 'refunded', 'welcome']);
  await page.goto('/billing');
  await expect(page.getByRole('main')).toContainText('Active');
});
