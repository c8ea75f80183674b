import { randomUUID } from 'node:crypto';
import { expect } from 'playwright/test';
import { lookupKey } from '../lib/billing/plans';
import { findMessage } from '../lib/words';
import { english } from '../lib/words/english';
import { cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { mailTo } from '../test/support/emulator';
import { foreignAddresses } from '../test/support/foreign-addresses';
import { type OwnApp, test } from '../test/support/own-app';
import { signInLink } from '../test/support/people';
import { currency, dearerPlan, money } from '../test/support/plans';
import { destination, inTurns, type RawReply, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

// Hundreds of requests take their time on a busy machine.
test.describe.configure({ timeout: 180_000 });

test('signing in never ends elsewhere, whatever address it is to come back to', async ({ app }) => {
  const page = await formNamed(app.url, '/sign-in', nobody, 'Send sign-in link');
  await inTurns(foreignAddresses(app), async (callbackUrl) => {
    const email = `${randomUUID()}@example.com`;
    const sent = await sendForm(app.url, '/sign-in', page, { fields: { callbackUrl, email } });
    expectOurs(sent, app, callbackUrl);
    await expect.poll(async () => (await mailTo(email)).length, { message: callbackUrl }).toBe(1);
    const link = new URL(await signInLink(email));
    expect(link.origin, callbackUrl).toBe(app.url);
    const signedIn = await followLink(app, link);
    expectOurs(signedIn, app, callbackUrl);
    expect(String(signedIn.headers['set-cookie']), callbackUrl).toContain('session-token=');
  });
});

test('a sign-in link whose way back was changed does not lead elsewhere', async ({ app }) => {
  const page = await formNamed(app.url, '/sign-in', nobody, 'Send sign-in link');
  await inTurns(foreignAddresses(app).slice(0, 12), async (callbackUrl) => {
    const email = `${randomUUID()}@example.com`;
    await sendForm(app.url, '/sign-in', page, { fields: { email } });
    await expect.poll(async () => (await mailTo(email)).length).toBe(1);
    const link = new URL(await signInLink(email));
    link.searchParams.set('callbackUrl', callbackUrl);
    const asked = await send(app.url, { path: link.pathname + link.search });
    expectOurs(asked, app, callbackUrl);
    expectOurs(await followLink(app, link), app, callbackUrl);
  });
});

/** As the page behind a sign-in link does. */
function followLink(app: OwnApp, link: URL): Promise<RawReply> {
  return send(app.url, {
    method: 'POST',
    path: link.pathname + link.search,
    headers: { origin: app.url },
  });
}

test('no page and no route of ours leads elsewhere because its address says so', async ({
  app,
}) => {
  const person = await createSubscriber();
  const names = [
    'callbackUrl',
    'return_url',
    'returnTo',
    'redirect',
    'next',
    'url',
    'done',
    'error',
  ];
  const routes = [
    '/billing/return',
    '/sign-in',
    '/billing',
    '/pricing',
    '/api/auth/signin',
    '/api/auth/signin/email',
    '/api/auth/signout',
    '/api/auth/error',
    '/api/auth/verify-request',
    '/api/auth/callback/email',
    '/api/auth/callback/github',
  ];
  const asked = foreignAddresses(app).flatMap((address) =>
    routes.map((route) => {
      const query = new URLSearchParams(names.map((name) => [name, address]));
      return `${route}?${query}`;
    }),
  );
  await inTurns(asked, async (path) => {
    for (const headers of [{}, cookieOf(person)]) {
      expectOurs(await send(app.url, { path, headers }), app, path);
    }
  });
});

test('no path of ours can be written so that it leads elsewhere', async ({ app }) => {
  const person = await createSubscriber();
  const paths = [
    '//evil.example',
    '//evil.example/',
    '/\\evil.example/',
    '/%2f%2fevil.example/',
    '/%5cevil.example/',
    '/billing//evil.example/',
    '/billing/return//evil.example/',
    '/billing/return/%2f%2fevil.example/',
    '///evil.example/..',
    '//evil.example/%2e%2e/',
    '/.//evil.example/',
    '/..;/evil.example/',
    '/%09/evil.example/',
    '/sign-in//evil.example/',
    '/_next//evil.example/',
    '/api//evil.example/',
    '/billing/return?done=checkout&done=//evil.example',
    '/_next/image?url=//evil.example/x.png&w=64&q=75',
    '/_next/image?url=https%3A%2F%2Fevil.example%2Fx.png&w=64&q=75',
  ];
  for (const path of paths) {
    for (const headers of [{}, cookieOf(person)]) {
      expectOurs(await send(app.url, { path, headers }), app, path);
    }
  }
});

test('no address makes the billing page say that something happened to a plan', async ({ app }) => {
  const person = await createSubscriber();
  const headers = cookieOf(person);
  for (const key of [
    'canceling',
    'kept',
    'paused',
    'changed',
    'card-saved',
    'subscribed',
    'stale',
  ]) {
    const { body } = await send(app.url, { path: `/billing?notice=${key}`, headers });
    expect(body, key).toContain('Current plan');
    expect(body, key).not.toContain(titleOf(key));
  }
  // Nor does the way back from a flow that was never opened.
  for (const done of ['subscription_cancel', 'subscription_update', 'customer_update']) {
    const reply = await send(app.url, { path: `/billing/return?done=${done}`, headers });
    expect(destination(reply, app.url)?.href, done).toBe(`${app.url}/billing`);
    expect(reply.headers['set-cookie'], done).toBeUndefined();
  }
});

test('a notice is shown once, to whoever has just come back from Stripe', async ({ app }) => {
  const person = await createSubscriber();
  const { cookie } = cookieOf(person);
  const returned = await send(app.url, {
    path: '/billing/return?done=checkout',
    headers: { cookie },
  });
  const path = '/billing?notice=subscribed';
  expect(destination(returned, app.url)?.href).toBe(`${app.url}${path}`);
  const [given = ''] = [returned.headers['set-cookie']].flat();
  expect(given).toMatch(/^billing-notice=subscribed;.*HttpOnly/i);
  const headers = { cookie: `${cookie}; ${given.split(';')[0]}` };
  const shown = await send(app.url, { path, headers });
  expect(shown.body).toContain(titleOf('subscribed'));
  expect([shown.headers['set-cookie']].flat().join()).toMatch(/billing-notice=;.*Max-Age=0/);
  const other = await send(app.url, { path: '/billing?notice=canceling', headers });
  expect(other.body).not.toContain(titleOf('canceling'));
});

function titleOf(key: string): string {
  const notice = findMessage(english.notices, key);
  if (!notice) throw new Error(`There is no notice "${key}".`);
  return notice.title;
}

test('pages show nothing of anybody whom their address names', async ({ app }) => {
  const [victim, person] = [
    await createSubscriber(lookupKey(dearerPlan, 'year')),
    await createSubscriber(),
  ];
  const query = new URLSearchParams({
    customer: victim.customer,
    user: victim.userId,
    userId: victim.userId,
    id: victim.userId,
    email: victim.email,
    subscription: victim.subscription,
    session_id: victim.customer,
    plan: dearerPlan.name,
    interval: 'month',
  });
  for (const route of ['/billing', '/billing/switch', '/settings', '/dashboard', '/pricing']) {
    const bare = victim.email.split('@')[0] ?? '';
    const { body } = await send(app.url, { path: `${route}?${query}`, headers: cookieOf(person) });
    const shown = body.replaceAll(/<script.*?<\/script>/gs, '');
    for (const secret of [bare, victim.customer, victim.subscription]) {
      expect(shown, route).not.toContain(secret);
    }
    if (route === '/billing') expect(shown).not.toContain(money(dearerPlan.prices.year[currency]));
  }
});

const nobody = { cookie: { name: 'x', value: '' } };

/** Whatever redirects, stays: a browser that follows the answer is at our origin or nowhere. */
function expectOurs(reply: RawReply, app: OwnApp, what: string): void {
  expect(destination(reply, app.url)?.origin ?? app.url, what).toBe(app.url);
  const refresh = String(reply.headers.refresh ?? '').replace(/^.*?url=/i, '');
  expect(new URL(refresh, app.url).origin, what).toBe(app.url);
}
