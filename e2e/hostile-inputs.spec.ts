import { expect } from 'playwright/test';
import { actionId, cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { test } from '../test/support/own-app';
import { type RawReply, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

const NUL = '\u0000';

test('a NUL where text is expected is refused as input, not a fault of ours', async ({ app }) => {
  const person = await createSubscriber();
  const headers = cookieOf(person);
  const profile = await formNamed(app.url, '/settings', person, 'Save');
  for (const field of ['name', 'locale', 'theme']) {
    const fields = { [field]: `a${NUL}b` };
    expectNoFault(await sendForm(app.url, '/settings', profile, { fields, headers }), field);
  }
  const signIn = await formNamed(app.url, '/sign-in', noOne, 'Send sign-in link');
  const mailed = { fields: { email: `a${NUL}@example.com` } };
  expectNoFault(await sendForm(app.url, '/sign-in', signIn, mailed), 'email');
  for (const cookie of ['next-auth.session-token=a%00b', 'next-auth.session-token=%']) {
    for (const path of ['/', '/pricing', '/billing', '/api/auth/session']) {
      expectNoFault(await send(app.url, { path, headers: { cookie } }), `${cookie} ${path}`);
    }
  }
  for (const path of [
    '/pricing?interval=%00',
    '/billing?problem=%00',
    '/billing/switch?plan=%00&interval=%00',
    '/sign-in?callbackUrl=%00',
    '/sign-in/confirm?token=%00&email=%00',
    '/api/auth/callback/email?token=%00&email=a%00@example.com',
    '/%00',
    '/api/%00',
  ]) {
    expectNoFault(await send(app.url, { path, headers }), path);
  }
});

test('a form that is broken, or from elsewhere, is refused as such', async ({ app }) => {
  const person = await createSubscriber();
  const headers = cookieOf(person);
  const form = await formNamed(app.url, '/billing', person, 'Manage billing');
  const id = actionId(form);
  const post = (more: Record<string, string>, body: string | FormData) =>
    send(app.url, {
      method: 'POST',
      path: '/billing',
      headers: { origin: app.url, ...headers, ...more },
      body,
    });
  const broken: Record<string, Promise<RawReply>> = {
    'no boundary': post({ 'content-type': 'multipart/form-data' }, 'x'),
    'a part without an end': post(
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    ),
    'no multipart at all': post({ 'content-type': 'multipart/form-data; boundary=x' }, '{}'),
    'an action that is not ours': post({ 'next-action': '0'.repeat(40) }, '[]'),
    'arguments that are no JSON': post({ 'next-action': id, 'content-type': 'text/plain' }, '{['),
    'another origin': post({ origin: 'https://evil.example', 'next-action': id }, '[]'),
    'more than a megabyte': post({ 'next-action': id }, 'x'.repeat(1_200_000)),
  };
  for (const [what, reply] of Object.entries(broken)) {
    const { status } = await reply;
    expect(status, what).toBeGreaterThanOrEqual(400);
    expect(status, what).toBeLessThan(500);
  }
  const foreign = await sendForm(app.url, '/billing', form, {
    headers: { ...headers, origin: 'https://evil.example' },
  });
  expect(foreign.status).toBe(403);
});

test('methods that no page has are not allowed', async ({ app }) => {
  for (const [method, path] of [
    ['TRACE', '/'],
    ['OPTIONS', '*'],
    ['PUT', '/billing'],
    ['DELETE', '/api/webhooks/stripe'],
    ['PROPFIND', '/'],
  ] as const) {
    const { status } = await send(app.url, { method, path });
    expect(status, `${method} ${path}`).toBe(405);
  }
});

/** Nobody is signed in with it. */
const noOne = { cookie: { name: 'other', value: 'x' } };

function expectNoFault({ status }: RawReply, what: string): void {
  expect(status, what).toBeLessThan(500);
}
