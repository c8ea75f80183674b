import { expect } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { breakStripe, mendStripe, portalRequests } from '../test/support/emulator';
import { expectPortalHome, expectProblem } from '../test/support/expectations';
import { test } from '../test/support/own-app';
import { payWith } from '../test/support/people';
import { currency, exactMoney, plan } from '../test/support/plans';
import { beSubscriber, createSubscriber, type Subscriber } from '../test/support/subscribers';

/** What nobody has told us of, because the webhooks did not come. */
type Surprise = {
  when: string;
  arrange: (subscriber: Subscriber) => Promise<unknown>;
  button: string;
  mend?: () => Promise<unknown>;
};

const surprises: Surprise[] = [
  {
    when: 'a second tab has ended the plan',
    arrange: ({ subscription }) => stripe().subscriptions.cancel(subscription),
    button: 'Change plan',
  },
  {
    when: 'a second tab has cancelled the plan',
    arrange: ({ subscription }) =>
      stripe().subscriptions.update(subscription, { cancel_at_period_end: true }),
    button: 'Cancel plan',
  },
  {
    when: 'the plan is somebody else’s',
    arrange: async ({ subscription }) => {
      const { subscription: id } = await createSubscriber();
      await db().subscription.delete({ where: { id } });
      await db().subscription.update({ where: { id: subscription }, data: { id } });
    },
    button: 'Pause plan',
  },
  {
    when: 'the portal’s configuration lacks the feature',
    arrange: () => configure({ subscription_cancel: { enabled: false } }),
    button: 'Cancel plan',
    mend: () => configure({ subscription_cancel: { enabled: true } }),
  },
];

async function configure(
  features: NonNullable<
    Parameters<ReturnType<typeof stripe>['billingPortal']['configurations']['update']>[1]
  >['features'],
) {
  await stripe().billingPortal.configurations.update(await catalogueId('portal:default'), {
    features,
  });
}

test.afterEach(mendStripe);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });
    // Without JavaScript, forms of one kind differ only in what they hold: one of them is enough.
    const eachKind = <T>(all: readonly T[]) => (javaScriptEnabled ? all : all.slice(0, 1));

    for (const { when, arrange, button, mend } of eachKind(surprises)) {
      test(`when ${when}, "${button}" opens the portal’s home`, async ({ page, context, app }) => {
        await breakStripe({ on: 'webhook', kind: 'drop' });
        const subscriber = await beSubscriber(context, app);
        await arrange(subscriber);
        await page.goto('/billing');
        await page.getByRole('button', { name: button }).click();
        await expectPortalHome(page);
        await mend?.();
        const [refused, opened] = await portalRequests(subscriber.customer);
        expect([refused?.status, opened?.status]).toEqual([400, 200]);
        expect(opened?.parameters).not.toHaveProperty('flow_data');
        expect(app.log.join('\n')).toContain(refused?.id);
      });
    }

    test('whose customer was deleted at Stripe keeps the invoices and can subscribe again', async ({
      page,
      context,
      app,
    }) => {
      await breakStripe({ on: 'webhook', kind: 'drop' });
      const { customer, userId } = await beSubscriber(context, app);
      await stripe().customers.del(customer);
      await page.goto('/billing');
      await page.getByRole('button', { name: 'Manage billing' }).click();
      await expectProblem(page, 'Your billing account was closed', 'You will not be charged again');
      await expect(page.getByRole('region', { name: 'Current plan' })).toContainText('Ended on');
      await expect(page.getByRole('region', { name: 'Invoices' })).toContainText(
        exactMoney(plan.prices.month[currency]),
      );
      await mendStripe();
      await page.getByRole('link', { name: 'See the plans' }).click();
      await page.getByRole('button', { name: 'Subscribe' }).first().click();
      await payWith(page, '4242 4242 4242 4242');
      await expect(page).toHaveURL(/\/billing\?notice=subscribed$/);
      await expect(page.getByRole('region', { name: 'Current plan' })).toContainText(
        'Next payment',
      );
      const user = await db().user.findUniqueOrThrow({ where: { id: userId } });
      expect(user.stripeCustomerId).not.toBe(customer);
      await page.getByRole('button', { name: 'Manage billing' }).click();
      await expectPortalHome(page);
    });

    test('whose customer is of the other mode is told that there is nothing to manage', async ({
      page,
      context,
      app,
    }) => {
      const { customer } = await beSubscriber(context, app);
      await db().customer.update({ where: { id: customer }, data: { livemode: true } });
      await page.goto('/billing');
      await page.getByRole('button', { name: 'Manage billing' }).click();
      await expectProblem(page, 'There is nothing to manage yet');
      expect(await portalRequests(customer)).toEqual([]);
    });
  });
}

test('without its configuration the portal opens with the settings saved at Stripe, if any are', async ({
  page,
  context,
  app,
}) => {
  const { customer } = await beSubscriber(context, app);
  const configuration = await catalogueId('portal:default');
  await stripe().billingPortal.configurations.update(configuration, { active: false });
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Update card' }).click();
  await expectProblem(page, 'We could not open billing', 'a fault on our side');
  const refused = await portalRequests(customer);
  expect(refused.map(({ status }) => status)).toEqual([400, 400]);

  await fetch(`${app.stripeUrl}/_emulator/portal`, { method: 'POST', body: '{}' });
  await page.getByRole('button', { name: 'Update card' }).click();
  await expectPortalHome(page);
  await stripe().billingPortal.configurations.update(configuration, { active: true });
});
