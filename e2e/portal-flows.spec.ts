import { expect, type Page } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { retentionOffer } from '../lib/billing/plans';
import { portalRequests } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { fillInCard } from '../test/support/people';
import { currency, dearerPlan, money, plan, sellsTwo } from '../test/support/plans';
import { beSubscriber, type Subscriber } from '../test/support/subscribers';

type Flow = {
  button: string;
  type: string;
  heading: string;
  /** What Stripe is told beside the type. */
  own: (subscriber: Subscriber) => object;
  finish: (page: Page) => Promise<void>;
  notice: string;
  /** What the plan says afterwards. */
  shows: string;
};

const { percentOff, months } = retentionOffer;

const flows: Flow[] = [
  {
    button: 'Update card',
    type: 'payment_method_update',
    heading: 'Add payment method',
    own: () => ({}),
    finish: async (page) => {
      await fillInCard(page, '5555 5555 5555 4444', '11 / 35');
      await page.getByRole('button', { name: 'Add payment method' }).click();
    },
    notice: 'Your card is saved',
    shows: 'ending in 4444, expires 11/2035',
  },
  {
    button: 'Change plan',
    type: 'subscription_update',
    heading: 'Update your subscription',
    own: ({ subscription }) => ({ subscription_update: { subscription } }),
    finish: async (page) => {
      if (sellsTwo) await page.getByText(dearerPlan.title, { exact: true }).click();
      else await page.getByText('Yearly', { exact: true }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Confirm' }).click();
    },
    notice: 'Your plan has changed',
    shows: sellsTwo
      ? `${money(dearerPlan.prices.month[currency])} per month`
      : `${money(plan.prices.year[currency])} per year`,
  },
  {
    button: 'Cancel plan',
    type: 'subscription_cancel',
    heading: 'Confirm cancellation',
    own: cancellation,
    finish: (page) => page.getByRole('button', { name: 'Cancel subscription' }).click(),
    notice: 'Your plan will end',
    shows: 'Ends on',
  },
  {
    button: 'Cancel plan',
    type: 'subscription_cancel',
    heading: 'Confirm cancellation',
    own: cancellation,
    finish: async (page) => {
      await expect(page.getByText(`${percentOff}% off for ${months} months`)).toBeVisible();
      await page.getByRole('button', { name: 'Accept offer' }).click();
    },
    notice: 'Your plan continues',
    shows: `${percentOff}% off until`,
  },
  {
    button: 'Pause plan',
    type: 'subscription_pause',
    heading: 'Pause subscription',
    own: ({ subscription }) => ({ subscription_pause: { subscription } }),
    finish: (page) => page.getByRole('button', { name: 'Pause subscription' }).click(),
    notice: 'Your plan is paused',
    shows: 'Paused',
  },
  {
    button: 'Billing details',
    type: 'customer_update',
    heading: 'Billing information',
    own: () => ({}),
    finish: async (page) => {
      await page.getByLabel('Name').fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Save' }).click();
    },
    notice: 'Your billing details are saved',
    shows: 'Next payment',
  },
];

function cancellation({ subscription }: Subscriber) {
  const retention = { type: 'coupon_offer', coupon_offer: { coupon: retentionOffer.name } };
  return { subscription_cancel: { subscription, retention } };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });
    // Without JavaScript, forms of one kind differ only in what they hold: one of them is enough.
    const eachKind = <T>(all: readonly T[]) => (javaScriptEnabled ? all : all.slice(0, 1));

    for (const { button, type, heading, own, finish, notice, shows } of eachKind(flows)) {
      test(`"${button}" leads to its page at Stripe and back to "${notice}"`, async ({
        page,
        context,
        app,
      }) => {
        const subscriber = await beSubscriber(context, app);
        await page.goto('/billing');
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
        await finish(page);
        await expect(page).toHaveURL(/\/billing\?notice=[a-z-]+$/);
        await expect(page.getByRole('main').getByRole('status')).toContainText([notice]);
        await expect(currentPlan(page)).toContainText(shows);
        expect(await portalRequests(subscriber.customer)).toMatchObject([
          {
            status: 200,
            parameters: {
              customer: subscriber.customer,
              configuration: await catalogueId('portal:default'),
              return_url: `${app.url}/billing/return`,
              flow_data: { ...backWhenDone(app, type), ...own(subscriber) },
            },
          },
        ]);
      });
    }

    test('whoever gives a flow up comes back quietly, to everything as it was', async ({
      page,
      context,
      app,
    }) => {
      await beSubscriber(context, app);
      for (const [button, heading] of new Map(flows.map((flow) => [flow.button, flow.heading]))) {
        await page.goto('/billing');
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
        await page.getByRole('link', { name: /^Return to / }).click();
        await expect(page).toHaveURL(`${app.url}/billing`);
        await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
        await expect(currentPlan(page)).toContainText(
          `${money(plan.prices.month[currency])} per month`,
        );
        await expect(currentPlan(page)).toContainText('Next payment');
      }
    });
  });
}

function backWhenDone(app: { url: string }, type: string) {
  const return_url = `${app.url}/billing/return?done=${type}`;
  return { type, after_completion: { type: 'redirect', redirect: { return_url } } };
}

function currentPlan(page: Page) {
  return page.getByRole('region', { name: 'Current plan' });
}
