import { expect } from 'playwright/test';
import { catalogueId } from '../lib/billing/catalogue-objects';
import { freePlan, productId } from '../lib/billing/plans';
import { stripe } from '../lib/billing/stripe';
import { actionId, cookieOf, formNamed, formsOn, sendForm } from '../test/support/action-forms';
import { forgetRequests, isQuiet, portalRequests, requests } from '../test/support/emulator';
import { type OwnApp, test } from '../test/support/own-app';
import { plan, yearly } from '../test/support/plans';
import { destination, type RawReply, send } from '../test/support/raw-http';
import { createSubscriber, type Subscriber } from '../test/support/subscribers';

const buttons = [
  'Manage billing',
  'Update card',
  'Change plan',
  'Cancel plan',
  'Pause plan',
  'Billing details',
];

/** Fields that no form of ours has, filled with what is the victim's, or leads to a thief. */
function foreignFields(victim: Subscriber): [name: string, value: string][] {
  const evil = 'https://evil.example/';
  const names = (value: string, ...all: string[]) =>
    all.map((name): [string, string] => [name, value]);
  return [
    ...names(victim.customer, 'customer', 'customer_account', 'customerId', 'stripeCustomerId'),
    ...names(victim.userId, 'id', 'user', 'userId', 'account'),
    ...names(victim.email, 'email'),
    ...names(victim.subscription, 'subscription', 'flow_data[subscription_cancel][subscription]'),
    ...names(victim.item, 'item', 'items[0][id]'),
    ...names('price_of_a_cent', 'price', 'priceId', 'items[0][price]'),
    ...names(evil, 'return_url', 'returnUrl', 'callbackUrl', 'redirect', 'next', 'url'),
    ...names('bpc_foreign', 'configuration'),
    ...names('acct_foreign', 'on_behalf_of'),
    ...names('100PERCENT', 'coupon', 'offer', 'discounts[0][coupon]', 'promotion_code'),
    ...names('subscription_cancel', 'flow', 'flow_data[type]', 'purpose'),
    ...names('{"__proto__":{"customer":"x"}}', '__proto__', 'constructor', '$ACTION_1:0'),
  ];
}

test.beforeEach(forgetRequests);

for (const [index, button] of buttons.entries()) {
  test(`no field that the form "${button}" could carry opens another portal or another flow`, async ({
    app,
  }) => {
    const victim = await createSubscriber();
    const foreign = foreignFields(victim);
    // The forms share what reads them, so that one is sent each field alone, and the others all at once.
    const fields = index === 0 ? foreign.map((field) => [field]) : [foreign];
    // Each person clicks less often than the limit allows.
    for (let first = 0; first < fields.length; first += 15) {
      const attacker = await createSubscriber();
      const form = await formNamed(app.url, '/billing', attacker, button);
      const some = fields.slice(first, first + 15);
      const send = (extra: Record<string, string>) =>
        sendForm(app.url, '/billing', form, {
          fields: extra,
          headers: { ...cookieOf(attacker), 'x-forwarded-for': `192.0.2.${index}` },
        });
      // Only the first who opens a cancellation is made the offer for staying.
      await send({});
      const sent = some.map(async (together) =>
        expectOwn(await send(Object.fromEntries(together)), app, String(together)),
      );
      await Promise.all([send({}), ...sent]);
      const opened = await portalRequests(attacker.customer);
      // A request that was slow on a busy machine was made twice, with one key.
      expect(new Set(opened.map((each) => each.idempotency_key)).size).toBe(2 + some.length);
      const [, plain, ...others] = opened.map(({ parameters }) => timeless(parameters));
      for (const other of others) expect(other).toEqual(plain);
    }
    expect(await portalRequests(victim.customer)).toEqual([]);
  });
}

test('the form of a change believes nothing but a plan, an interval and seats that we sell', async ({
  app,
}) => {
  const attacker = await createSubscriber();
  const path = `/billing/switch?plan=${plan.name}&interval=year`;
  const form = await formNamed(app.url, path, attacker, 'Confirm change');
  const confirm = async (fields: Record<string, string>) => {
    const reply = await sendForm(app.url, path, form, { fields, headers: cookieOf(attacker) });
    return destination(reply, app.url)?.href ?? '';
  };
  const almost = [plan.name.toUpperCase(), `${plan.name} `, productId(plan)];
  const wrong = [...almost, freePlan.name, '__proto__', 'constructor', 'price_1', ''];
  for (const name of wrong) {
    const to = await confirm({ plan: name, price: 'price_of_a_cent', quantity: '0' });
    expect(to, name).toBe(`${app.url}/pricing?problem=unknown-plan`);
  }
  for (const [name, forged] of [
    ['dueNow', '0'],
    ['at', '9e9'],
    ['at', 'x'],
    ['timing', 'period-end'],
  ] as const) {
    expect(await confirm({ [name]: forged })).toMatch(
      /\/billing\/switch\?.*problem=preview-outdated$/,
    );
  }
  const { subscription, customer } = attacker;
  expect((await stripe().invoices.list({ customer })).data).toHaveLength(1);
  await confirm({ price: 'price_of_a_cent', amount: '1', quantity: '0', subscription: 'sub_x' });
  const changed = await stripe().subscriptions.retrieve(subscription);
  expect(changed.items.data).toMatchObject([
    { price: { id: await catalogueId(yearly) }, quantity: 1 },
  ]);
});

test('forged arguments of an action reach nobody', async ({ app }) => {
  const [victim, attacker] = [await createSubscriber(), await createSubscriber()];
  const forged = [
    [victim.customer],
    [{ customer: victim.customer, id: victim.userId }],
    [{ flow: 'home' }, victim.customer],
    [null, { return_url: 'https://evil.example' }],
    '$F1',
  ];
  const forms = await formsOn(app.url, '/billing', attacker);
  const switching = `/billing/switch?plan=${plan.name}&interval=year`;
  const [first] = forms;
  if (!first) throw new Error('no forms');
  for (const form of [first, await formNamed(app.url, switching, attacker, 'Confirm change')])
    for (const argument of forged) {
      const reply = await send(app.url, {
        method: 'POST',
        path: '/billing',
        body: JSON.stringify(argument),
        headers: {
          ...cookieOf(attacker),
          origin: app.url,
          'next-action': actionId(form),
          'content-type': 'text/plain;charset=UTF-8',
        },
      });
      expectWithin(reply, app);
      expect(reply.body).not.toMatch(/TypeError|node_modules|\bat \w+ \(/);
    }
  expect(await portalRequests(victim.customer)).toEqual([]);
});

test('a form replayed in another’s browser opens that person’s own portal', async ({ app }) => {
  const [one, other] = [await createSubscriber(), await createSubscriber()];
  const form = await formNamed(app.url, '/billing', one, 'Manage billing');
  for (let round = 0; round < 3; round++) {
    await expectOwn(await sendForm(app.url, '/billing', form, { headers: cookieOf(other) }), app);
  }
  expect(await portalRequests(one.customer)).toEqual([]);
  expect(await portalRequests(other.customer)).toHaveLength(3);
});

test('a form opens the same portal from whichever page it is sent to', async ({ app }) => {
  const attacker = await createSubscriber();
  const form = await formNamed(app.url, '/billing', attacker, 'Manage billing');
  const paths = [
    '/',
    '/pricing',
    '/settings',
    '/billing?customer=cus_1',
    '/sign-in?callbackUrl=//x',
  ];
  for (const path of paths) {
    const reply = await sendForm(app.url, path, form, { headers: cookieOf(attacker) });
    expectWithin(reply, app, path);
  }
  const invented = { button: '', fields: [['$ACTION_ID_00ff00ff', '']] } satisfies typeof form;
  const reply = await sendForm(app.url, '/billing', invented, { headers: cookieOf(attacker) });
  expect(reply.status).toBeGreaterThanOrEqual(400);
});

test('who clicks faster than a person is told so kindly, and nobody else is held up', async ({
  page,
  context,
  app,
}) => {
  const [fast, other] = [await createSubscriber(), await createSubscriber()];
  const form = await formNamed(app.url, '/billing', fast, 'Manage billing');
  const replies = await Promise.all(
    Array.from({ length: 25 }, () =>
      sendForm(app.url, '/billing', form, { headers: cookieOf(fast) }),
    ),
  );
  const refused = replies.filter((reply) => destination(reply, app.url)?.origin === app.url);
  expect(refused).toHaveLength(5);
  expect(await portalRequests(fast.customer)).toHaveLength(20);
  await expectOwn(await sendForm(app.url, '/billing', form, { headers: cookieOf(other) }), app);
  await context.addCookies([{ ...fast.cookie, url: app.url }]);
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Manage billing' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Too many requests');
  await expect(alert).toContainText('wait a minute');
});

test('whoever loads the preview of a switch again and again gets the page, and Stripe is spared', async ({
  app,
}) => {
  const fast = await createSubscriber();
  const path = `/billing/switch?plan=${plan.name}&interval=year`;
  const load = () => send(app.url, { path, headers: cookieOf(fast) });
  const replies = await Promise.all(Array.from({ length: 25 }, load));
  expect(replies.map(({ status }) => status)).toEqual(Array(25).fill(200));
  const asked = (await requests()).filter(
    (each) =>
      each.path === '/v1/invoices/create_preview' && each.parameters.customer === fast.customer,
  );
  // What is due now, and the next payment.
  expect(asked).toHaveLength(2 * 20);
});

test('whoever loads the way back from Stripe again and again is shown billing, and Stripe is spared', async ({
  app,
}) => {
  const fast = await createSubscriber();
  await expect.poll(isQuiet).toBe(true);
  await forgetRequests();
  const load = () => send(app.url, { path: '/billing/return', headers: cookieOf(fast) });
  const replies = await Promise.all(Array.from({ length: 40 }, load));
  for (const reply of replies) {
    expect(destination(reply, app.url)?.href).toBe(`${app.url}/billing`);
  }
  const syncs = (await requests()).filter(
    ({ path, parameters }) => path === '/v1/subscriptions' && parameters.customer === fast.customer,
  );
  expect(syncs).toHaveLength(20);
});

/** To Stripe's portal, at once, and kept by nobody on the way. */
async function expectOwn(reply: RawReply, app: OwnApp, what?: string): Promise<void> {
  const to = destination(reply, app.url);
  expect(reply.status, what).toBe(303);
  expect(to?.origin, what).toBe(app.stripeUrl);
  expect(reply.headers['cache-control'], what).toContain('no-store');
}

function expectWithin(reply: RawReply, app: OwnApp, what?: string): void {
  expect([undefined, app.url, app.stripeUrl], what).toContain(destination(reply, app.url)?.origin);
}

/** Parameters without the time of the request in them. */
function timeless({ after_expiration: _, ...parameters }: Record<string, unknown>) {
  return parameters;
}
