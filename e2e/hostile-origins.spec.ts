import { createServer } from 'node:http';
import { expect } from 'playwright/test';
import { db } from '../lib/db';
import { actionId, cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { portalRequests, requests } from '../test/support/emulator';
import { test } from '../test/support/own-app';
import { plan } from '../test/support/plans';
import { destination, inTurns, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

const foreignOrigins = [
  'https://evil.example',
  'http://localhost',
  'http://localhost:1',
  'http://127.0.0.1.evil.example',
  'null',
  'https://localhost.evil.example',
  'chrome-extension://abc',
];

for (const origin of foreignOrigins) {
  test(`a form sent from ${origin} opens nothing, with a script or without`, async ({ app }) => {
    const person = await createSubscriber();
    const form = await formNamed(app.url, '/billing', person, 'Manage billing');
    const headers = { ...cookieOf(person), origin, 'sec-fetch-site': 'cross-site' };
    const plain = await sendForm(app.url, '/billing', form, { headers });
    const scripted = await send(app.url, {
      method: 'POST',
      path: '/billing',
      body: '[]',
      headers: { ...headers, 'next-action': actionId(form), 'content-type': 'text/plain' },
    });
    for (const reply of [plain, scripted]) {
      expect(destination(reply, app.url)?.origin ?? app.url).toBe(app.url);
      expect(reply.body).not.toContain('/p/session/');
    }
    expect(await portalRequests(person.customer)).toEqual([]);
  });
}

test('without an origin, and with whatever host is claimed, only one’s own portal opens, and it leads back to us', async ({
  app,
}) => {
  const thief = createServer((_, reply) => reply.end('{}')).listen(0, '127.0.0.1');
  let visits = 0;
  thief.on('request', () => visits++);
  await new Promise((resolve) => thief.once('listening', resolve));
  const address = thief.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
  const person = await createSubscriber();
  const form = await formNamed(app.url, '/billing', person, 'Update card');
  const lies: Record<string, string>[] = [
    {},
    { host },
    { origin: 'file://' },
    { origin: 'data:' },
    { 'x-forwarded-host': host },
    { host, 'x-forwarded-host': host, origin: `http://${host}` },
    { forwarded: `host=${host}`, 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
    { referer: `http://${host}/`, 'x-original-url': `http://${host}/`, 'x-rewrite-url': '/' },
    { 'x-action-redirect': `http://${host}`, 'x-middleware-subrequest': 'proxy:proxy:proxy' },
  ];
  for (const lie of lies) {
    const { origin, ...headers } = { origin: '', ...cookieOf(person), ...lie };
    const body = new FormData();
    for (const [name, value] of form.fields) body.append(name, value);
    const own = { ...headers, ...(origin && { origin }) };
    const replies = [
      await send(app.url, { method: 'POST', path: '/billing', headers: own, body }),
      await send(app.url, {
        method: 'POST',
        path: '/billing',
        body: '[]',
        headers: { ...own, 'next-action': actionId(form), 'content-type': 'text/plain' },
      }),
    ];
    for (const reply of replies) {
      expect([undefined, app.url, app.stripeUrl]).toContain(destination(reply, app.url)?.origin);
    }
  }
  for (const { parameters } of await portalRequests(person.customer)) {
    expect(JSON.stringify(parameters)).not.toContain(host);
    expect(parameters.return_url).toBe(`${app.url}/billing/return`);
  }
  expect(visits).toBe(0);
  thief.close();
});

test('without a session that is good, every form leads to the sign-in page', async ({ app }) => {
  const person = await createSubscriber();
  const gone = await createSubscriber();
  const form = await formNamed(app.url, '/billing', person, 'Manage billing');
  await db().session.updateMany({ where: { userId: gone.userId }, data: { expires: new Date(0) } });
  const { name, value } = person.cookie;
  const cookies = [
    '',
    `${name}=`,
    `${name}=${value}x`,
    `${name}=${value.toUpperCase()}`,
    `${name}=' OR '1'='1`,
    `${name}=*`,
    `__Secure-${name}=${value}`,
    `x${name}=${value}`,
    `${name}=${gone.cookie.value}`,
    `userId=${person.userId}`,
    `${name}=${person.userId}`,
  ];
  for (const cookie of cookies) {
    const reply = await sendForm(app.url, '/billing', form, { headers: { cookie } });
    expect(destination(reply, app.url)?.href, cookie).toBe(
      `${app.url}/sign-in?callbackUrl=%2Fbilling`,
    );
  }
  expect(await portalRequests(person.customer)).toEqual([]);
  expect(await portalRequests(gone.customer)).toEqual([]);
});

test('nothing but a sent form opens the portal', async ({ app }) => {
  const person = await createSubscriber();
  const form = await formNamed(app.url, '/billing', person, 'Manage billing');
  const id = actionId(form);
  const paths = [
    '/billing',
    '/billing/return',
    `/billing/switch?plan=${plan.name}&interval=year`,
    '/settings',
    `/billing?$ACTION_ID_${id}=`,
    `/billing?_rsc=1`,
    '/billing/portal',
    '/api/portal',
  ];
  const headers: Record<string, string>[] = [
    {},
    { 'next-action': id },
    { rsc: '1', 'next-router-prefetch': '1' },
    { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
    { 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
  ];
  const asked = [
    ...headers.map((each) => ({ method: 'GET', headers: { ...cookieOf(person), ...each } })),
    ...['HEAD', 'OPTIONS', 'PUT', 'DELETE'].map((method) => ({
      method,
      headers: { ...cookieOf(person), 'next-action': id },
    })),
  ].flatMap((each) => paths.map((path) => ({ ...each, path })));
  await inTurns(asked, async (each) => {
    const to = destination(await send(app.url, each), app.url);
    expect(to?.origin ?? app.url, `${each.method} ${each.path}`).toBe(app.url);
  });
  expect(await portalRequests(person.customer)).toEqual([]);
});

test('the portal’s address is in the answer to the form, and nowhere else', async ({ app }) => {
  const person = await createSubscriber();
  const headers = cookieOf(person);
  const form = await formNamed(app.url, '/billing', person, 'Manage billing');
  const before = app.log.length;
  const plain = await sendForm(app.url, '/billing', form, { headers });
  const scripted = await send(app.url, {
    method: 'POST',
    path: '/billing',
    body: '[]',
    headers: {
      ...headers,
      origin: app.url,
      'next-action': actionId(form),
      'content-type': 'text/plain;charset=UTF-8',
    },
  });
  const addresses = [plain, scripted].map((reply) => destination(reply, app.url)?.pathname ?? '');
  const pages = ['/billing', '/settings', '/dashboard', '/billing/return'];
  const seen = await Promise.all(
    pages.map(async (path) => (await send(app.url, { path, headers })).body),
  );
  const rest = [plain.body, scripted.body, ...seen, ...app.log.slice(before), await everyRow()];
  for (const address of addresses) {
    expect(address).toMatch(/^\/p\/session\/.{20}/);
    for (const each of rest) expect(each).not.toContain(address);
  }
  for (const reply of [plain, scripted]) {
    expect(reply.headers['cache-control']).toContain('no-store');
  }
  expect((await requests()).filter(({ path }) => path.startsWith('/p/'))).toEqual([]);
});

/** All that our database holds, as text. */
async function everyRow(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db().$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`),
    ),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}
