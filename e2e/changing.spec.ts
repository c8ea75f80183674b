import { expect, type Page } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { syncCustomer } from '../lib/billing/mirror/sync';
import { type intervals, lookupKey, paidPlans } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { formatsIn } from '../lib/format';
import { makeCode } from '../test/support/codes';
import { breakStripe, isQuiet, mailTo, mendStripe, passTime } from '../test/support/emulator';
import { passingTime as test } from '../test/support/own-app';
import { currency, dearerPlan, exactMoney, money, plan, sellsTwo } from '../test/support/plans';
import { beSubscriber, giveCard, type Subscriber } from '../test/support/subscribers';

test.beforeEach(() => test.skip(!sellsTwo, 'one plan is sold'));

const bySeat = paidPlans.find(({ seats }) => seats && seats.min === 1 && seats.max >= 5);
const seats = dearerPlan.seats?.min ?? 1;
const dear = lookupKey(dearerPlan, 'month');

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    for (const [to, interval] of [
      [dearerPlan, 'month'],
      [plan, 'year'],
    ] as const) {
      test(`an upgrade to ${to === plan ? 'yearly payment' : 'a dearer plan'} costs what its preview says, and begins once it is paid`, async ({
        page,
        context,
        app,
      }) => {
        const { customer } = await beSubscriber(context, app);
        await page.goto(`/pricing?interval=${interval}`);
        const name = to === plan ? `${interval}ly` : to.title;
        await page.getByRole('button', { name: `Switch to ${name}` }).click();
        const price = to.prices[interval][currency] * (to.seats?.min ?? 1);
        const due = exactMoney(price - plan.prices.month[currency]);
        await expect(changes(page)).toContainText(`Due now${due}`);
        await expect(changes(page)).toContainText(
          `Credited${exactMoney(plan.prices.month[currency])}`,
        );
        await expect(changes(page)).toContainText(`Next payment${exactMoney(price)} on`);
        await page.getByRole('button', { name: 'Confirm change' }).click();
        await expect(page).toHaveURL(/\/billing\?notice=changed$/);
        await expect(currentPlan(page)).toContainText(
          `${money(to.prices[interval][currency])} per ${interval}`,
        );
        await expect(page.getByRole('row', { name: /Paid/ }).first()).toContainText(due);
        const [invoice] = (await stripe().invoices.list({ customer, limit: 1 })).data;
        expect(exactMoney(invoice?.amount_paid ?? 0)).toBe(due);
      });
    }

    test('an upgrade with a promotion code costs what its preview says', async ({
      page,
      context,
      app,
    }) => {
      const { customer } = await beSubscriber(context, app);
      const code = await makeCode({ coupon: { duration: 'forever', percent_off: 50 } });
      await page.goto('/pricing?code=no-such-code');
      await expect(page.getByText('Choose a plan to use your code')).toBeVisible();
      await page.getByRole('button', { name: `Switch to ${dearerPlan.title}` }).click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText('not valid');
      await page.getByLabel('Promotion code').fill(code.toLowerCase());
      await page.getByRole('button', { name: 'Show the price' }).click();
      await expect(changes(page)).toContainText('Discount50% off');
      const half = (dearerPlan.prices.month[currency] * seats) / 2;
      const due = half - plan.prices.month[currency];
      await expect(changes(page)).toContainText(`Due now${exactMoney(due)}`);
      await expect(changes(page)).toContainText(`Next payment${exactMoney(half)} on`);
      await page.getByRole('button', { name: 'Confirm change' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=changed$/);
      await expect(currentPlan(page)).toContainText(`${exactMoney(half)} on`);
      const [invoice] = (await stripe().invoices.list({ customer, limit: 1 })).data;
      expect(invoice?.amount_paid).toBe(due);
    });

    test('a downgrade is planned, taken back, and planned again', async ({
      page,
      context,
      app,
    }) => {
      const { customer } = await beSubscriber(context, app, dear);
      await planDowngrade(page);
      await page.goto('/pricing');
      const planned = page.getByRole('status').filter({ hasText: 'Your plan changes on' });
      await expect(planned).toContainText(`From then on you have ${plan.title}`);
      await expect(cardOf(page, plan.title)).toContainText('Your next plan');
      await planned.getByRole('button', { name: 'Keep plan' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=kept$/);
      await expect(currentPlan(page)).not.toContainText('Next change');
      await planDowngrade(page);
      expect((await stripe().invoices.list({ customer })).data).toHaveLength(1);
    });

    test('an upgrade that has to be confirmed at the bank waits for that, and is abandoned or paid', async ({
      page,
      context,
      app,
    }) => {
      const { customer } = await beSubscriber(context, app);
      await giveCard(customer, 'pm_card_authenticationRequired');
      await upgrade(page);
      await expect(page.getByRole('heading', { name: /^Invoice from/ })).toBeVisible();
      await page.goto('/billing');
      await expect(currentPlan(page)).toContainText(
        `${money(plan.prices.month[currency])} per month`,
      );
      await expect(currentPlan(page)).toContainText('once it is paid');
      await page.getByRole('button', { name: 'Keep plan' }).click();
      await expect(currentPlan(page)).not.toContainText('once it is paid');

      await upgrade(page);
      await expect(page.getByRole('heading', { name: /^Invoice from/ })).toBeVisible();
      await page.goto('/billing');
      await page.getByRole('link', { name: 'Complete the payment' }).click();
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.getByRole('button', { name: 'Complete authentication' }).click();
      await expect(page.getByText('The invoice is paid')).toBeVisible();
      await syncCustomer(customer);
      await page.goto('/billing');
      await expect(currentPlan(page)).toContainText(
        `${money(dearerPlan.prices.month[currency])} per month`,
      );
    });

    test('an upgrade whose card is declined says so, changes nothing, and leads to a new card', async ({
      page,
      context,
      app,
    }) => {
      const { customer } = await beSubscriber(context, app);
      await giveCard(customer, 'pm_card_chargeCustomerFail');
      await upgrade(page);
      await expect(page.getByRole('main').getByRole('alert')).toContainText(
        'Your card was declined',
      );
      expect((await stripe().invoices.list({ customer })).data).toHaveLength(1);
      await giveCard(customer, 'pm_card_visa');
      await page.getByRole('button', { name: 'Confirm change' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=changed$/);
    });

    test('somebody whose plan has ended subscribes again with one click', async ({
      page,
      context,
      app,
    }) => {
      const { customer, subscription } = await beSubscriber(context, app);
      await stripe().subscriptions.cancel(subscription);
      await syncCustomer(customer);
      await page.goto('/billing');
      await expect(currentPlan(page)).toContainText(
        `Subscribe again to ${plan.title} for ${money(plan.prices.month[currency])} per month`,
      );
      await page.getByRole('button', { name: 'Subscribe again' }).click();
      await expect(page).toHaveURL(/\/billing\?notice=subscribed$/);
      await expect(currentPlan(page)).toContainText('Next payment');
      await expect(page.getByRole('button', { name: 'Subscribe again' })).toHaveCount(0);
      expect((await stripe().subscriptions.list({ customer })).data).toHaveLength(1);
    });
  });
}

test('a number of seats that a plan does not have is asked for again, with the code kept', async ({
  page,
  context,
  app,
}) => {
  test.skip(!bySeat, 'no plan is sold by the seat');
  if (!bySeat) return;
  await beSubscriber(context, app);
  const more = bySeat.seats ? bySeat.seats.max + 1 : 0;
  await page.goto(`/billing/switch?plan=${bySeat.name}&interval=month&seats=${more}&code=KEPT`);
  const main = page.getByRole('main');
  await expect(main.getByRole('alert').first()).toContainText('That number of seats');
  await expect(page.getByLabel('Promotion code')).toHaveValue('KEPT');
});

test('five seats become three at the end of the period, and seven at once', async ({
  page,
  context,
  app,
}) => {
  test.skip(!bySeat, 'no plan is sold by the seat');
  if (!bySeat) return;
  const subscriber = await beSubscriber(context, app, lookupKey(bySeat, 'month'));
  const { subscription: id, item } = subscriber;
  await stripe().subscriptions.update(id, { items: [{ id: item, quantity: 5 }] });
  await syncCustomer(subscriber.customer);
  const price = money(bySeat.prices.month[currency]);
  const choose = async (count: number) => {
    await page.goto('/billing');
    await page.getByRole('link', { name: 'Change seats' }).click();
    await page.getByLabel('Seats').fill(String(count));
    await expect(page.getByText('You already have this plan')).toBeHidden();
    await page.getByRole('button', { name: 'Show the price' }).click();
    await expect(changes(page)).toContainText(`${count} × ${price} per month`);
  };
  await page.goto('/billing');
  const ways = page.getByRole('link', { name: 'Change seats' }).locator('..').locator('a, button');
  // What concerns the plan as it is comes before what stops it.
  expect((await ways.allInnerTexts()).slice(-2)).toEqual(['Change seats', 'Pause plan']);
  await choose(3);
  await expect(changes(page)).toContainText(`Due now${exactMoney(0)}`);
  await page.getByRole('button', { name: 'Confirm change' }).click();
  await expect(page).toHaveURL(/\/billing\?notice=planned$/);
  await expect(currentPlan(page)).toContainText(`5 × ${price} per month`);
  await expect(currentPlan(page)).toContainText(`3 × ${price} per month`);
  await choose(7);
  await expect(changes(page)).toContainText('This replaces the change');
  await page.getByRole('button', { name: 'Confirm change' }).click();
  await expect(page).toHaveURL(/\/billing\?notice=changed$/);
  await expect(currentPlan(page)).toContainText(`7 × ${price} per month`);
  await expect(currentPlan(page)).not.toContainText('Next change');
});

test('whoever asks for more seats than are sold is told the limits', async ({
  page,
  context,
  app,
}) => {
  test.skip(!bySeat, 'no plan is sold by the seat');
  if (!bySeat) return;
  await beSubscriber(context, app);
  for (const wrong of [0, (bySeat.seats?.max ?? 0) + 1, '1e1', '-1', '%00', '2&seats=3']) {
    await page.goto(`/billing/switch?plan=${bySeat.name}&interval=month&seats=${wrong}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'That number of seats is not available',
    );
  }
});

test('a plan that is going to end is kept before it is changed', async ({ page, context, app }) => {
  const { customer, subscription } = await beSubscriber(context, app);
  await stripe().subscriptions.update(subscription, { cancel_at: 'max_period_end' });
  await syncCustomer(customer);
  await openUpgrade(page);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('is going to end');
  await expect(page.getByRole('button', { name: 'Confirm change' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Keep plan' }).click();
  await expect(page).toHaveURL(/\/billing\?notice=kept$/);
  await upgrade(page);
  await expect(page).toHaveURL(/\/billing\?notice=changed$/);
});

test('without an answer from Stripe the page says so, and confirms nothing', async ({
  page,
  context,
  app,
}) => {
  await beSubscriber(context, app);
  await breakStripe({ on: 'POST /v1/invoices/create_preview', kind: '503', times: 2 });
  await openUpgrade(page);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('We cannot say yet');
  await expect(page.getByRole('button', { name: 'Confirm change' })).toHaveCount(0);
  await mendStripe();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Confirm change' })).toBeVisible();
});

test('what somebody confirms after the plan has changed elsewhere is not charged', async ({
  page,
  context,
  app,
}) => {
  const { customer, subscription, item } = await beSubscriber(context, app);
  await openUpgrade(page);
  const price = await catalogueId(lookupKey(plan, 'year'));
  await stripe().subscriptions.update(subscription, {
    items: [{ id: item, price }],
    proration_behavior: 'always_invoice',
  });
  await page.getByRole('button', { name: 'Confirm change' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The amounts have changed');
  expect((await stripe().invoices.list({ customer })).data).toHaveLength(2);
});

test('a planned change happens on its day, with one e-mail when it is planned and one when it is made', async ({
  page,
  context,
  app,
}) => {
  const subscriber = await beSubscriber(context, app, dear);
  await openChange(page, plan.name);
  const { day } = formatsIn('en');
  const { items } = await stripe().subscriptions.retrieve(subscriber.subscription);
  const end = new Date((items.data[0]?.current_period_end ?? 0) * 1000);
  await expect(changes(page)).toContainText(`On ${day(end)}`);
  await expect(changes(page)).toContainText(exactMoney(plan.prices.month[currency]));
  await page.getByRole('button', { name: 'Confirm change' }).click();
  await expect(currentPlan(page)).toContainText(`from ${day(end)}`);
  await passTime({ months: 1 });
  await passTime({ days: 2 });
  await expect.poll(isQuiet).toBe(true);
  await page.goto('/billing');
  await expect(currentPlan(page)).toContainText(`${money(plan.prices.month[currency])} per month`);
  await expect(currentPlan(page)).not.toContainText('Next change');
  await expect.poll(() => planMails(subscriber)).toEqual(['plan_changed', 'plan_planned']);
  // Stripe's clock is ahead of ours by now, and its amounts are of its own time.
  await upgrade(page);
  await expect(page).toHaveURL(/\/billing\?notice=changed$/);
});

test('an upgrade that nobody confirms at the bank is dropped, with one e-mail that asks for it', async ({
  page,
  context,
  app,
}) => {
  const subscriber = await beSubscriber(context, app);
  await giveCard(subscriber.customer, 'pm_card_authenticationRequired');
  await upgrade(page);
  await expect(page.getByRole('heading', { name: /^Invoice from/ })).toBeVisible();
  await passTime({ days: 1 });
  await expect.poll(isQuiet).toBe(true);
  await page.goto('/billing');
  await expect(currentPlan(page)).not.toContainText('once it is paid');
  await expect(currentPlan(page)).toContainText(`${money(plan.prices.month[currency])} per month`);
  await expect.poll(() => mailKinds(subscriber)).toEqual(['action_required', 'receipt', 'welcome']);
});

function changes(page: Page) {
  return page.getByRole('region', { name: 'What changes' });
}

function currentPlan(page: Page) {
  return page.getByRole('region', { name: 'Current plan' });
}

function cardOf(page: Page, title: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
}

async function openChange(page: Page, to: string, interval: (typeof intervals)[number] = 'month') {
  await page.goto(`/billing/switch?plan=${to}&interval=${interval}`);
}

async function openUpgrade(page: Page): Promise<void> {
  await page.goto(`/billing/switch?plan=${dearerPlan.name}&interval=month&seats=${seats}`);
}

async function upgrade(page: Page): Promise<void> {
  await openUpgrade(page);
  await page.getByRole('button', { name: 'Confirm change' }).click();
}

async function planDowngrade(page: Page): Promise<void> {
  await page.goto('/pricing');
  await page.getByRole('button', { name: `Switch to ${plan.title}` }).click();
  await expect(changes(page)).toContainText(`Due now${exactMoney(0)}`);
  await expect(changes(page)).toContainText(
    `Next payment${exactMoney(plan.prices.month[currency])} on`,
  );
  await page.getByRole('button', { name: 'Confirm change' }).click();
  await expect(page).toHaveURL(/\/billing\?notice=planned$/);
  await expect(currentPlan(page)).toContainText(
    `${money(dearerPlan.prices.month[currency])} per month`,
  );
  await expect(currentPlan(page)).toContainText(
    `Next change${plan.title}, ${money(plan.prices.month[currency])} per month`,
  );
}

async function mailKinds({ email }: Subscriber): Promise<string[]> {
  const mails = await mailTo(email);
  return mails.map(({ headers }) => headers['x-cause']?.split(' ')[0] ?? '').toSorted();
}

async function planMails(subscriber: Subscriber): Promise<string[]> {
  return (await mailKinds(subscriber)).filter((kind) => kind.startsWith('plan_'));
}
