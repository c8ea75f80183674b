import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'playwright/test';
import { stripe } from '../lib/billing/stripe';
import { db } from '../lib/db';
import { type OwnApp, test } from '../test/support/own-app';
import { type RawReply, send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

const path = '/api/webhooks/stripe';
const now = () => Math.floor(Date.now() / 1000);

type Delivery = {
  body: string | Buffer;
  signature?: string | null;
  headers?: Record<string, string>;
};

function deliver(
  app: OwnApp,
  { body, signature = sign(body), headers }: Delivery,
): Promise<RawReply> {
  return send(app.url, {
    method: 'POST',
    path,
    body: new Uint8Array(Buffer.from(body)),
    headers: { ...(signature !== null && { 'stripe-signature': signature }), ...headers },
  });
}

function hmac(body: string | Buffer, time: number | string, secret?: string): string {
  return createHmac('sha256', secret ?? process.env.STRIPE_WEBHOOK_SECRET ?? '')
    .update(`${time}.`)
    .update(body)
    .digest('hex');
}

function sign(body: string | Buffer, time: number | string = now(), secret?: string): string {
  return `t=${time},v1=${hmac(body, time, secret)}`;
}

function eventWith(changes: object = {}) {
  return {
    id: `evt_${randomUUID()}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: now(),
    livemode: false,
    pending_webhooks: 1,
    request: null,
    type: 'customer.subscription.updated',
    data: { object: { object: 'subscription', customer: 'cus_nobody' } },
    ...changes,
  };
}

const event = JSON.stringify(eventWith());
const zeros = '0'.repeat(64);

const badSignatures: [string, () => Delivery][] = [
  ['no signature', () => ({ body: event, signature: null })],
  ['an empty signature', () => ({ body: event, signature: '' })],
  ['something else for a signature', () => ({ body: event, signature: 'Bearer 1' })],
  ['a signature without a time', () => ({ body: event, signature: `v1=${hmac(event, now())}` })],
  ['a signature that is no hex', () => ({ body: event, signature: `t=${now()},v1=héé` })],
  ['a wrong signature', () => ({ body: event, signature: `t=${now()},v1=${zeros}` })],
  ['somebody else’s secret', () => ({ body: event, signature: sign(event, now(), 'whsec_x') })],
  ['an empty secret', () => ({ body: event, signature: sign(event, now(), ' ') })],
  ['only the scheme v0', () => ({ body: event, signature: `t=${now()},v0=${hmac(event, now())}` })],
  ['a time over 300 seconds ago', () => ({ body: event, signature: sign(event, now() - 310) })],
  ['a time over 300 seconds ahead', () => ({ body: event, signature: sign(event, now() + 310) })],
  ['a time in a thousand years', () => ({ body: event, signature: sign(event, now() + 3e10) })],
  ['a time that is none', () => ({ body: event, signature: sign(event, 'NaN') })],
  [
    'a fresh time put over an old one',
    () => ({ body: event, signature: `${sign(event, now() - 900)},t=${now()}` }),
  ],
  ['another body than was signed', () => ({ body: `${event} `, signature: sign(event) })],
  ['an empty body', () => ({ body: '' })],
];

const notEvents: [string, string | Buffer][] = [
  ['not JSON', 'id=evt_1&object=event'],
  ['half of an event', event.slice(0, 80)],
  ['not UTF-8', Buffer.concat([Buffer.from(event), Buffer.from([0xff, 0xfe, 0xc0])])],
  ['nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['null', 'null'],
  ['a list of events', `[${event}]`],
  ...[null, 7, {}, ['evt_1'], ''].map((id): [string, string] => [
    `an event whose id is ${JSON.stringify(id)}`,
    JSON.stringify(eventWith({ id })),
  ]),
  ['an event whose id is endless', JSON.stringify(eventWith({ id: `evt_${'1'.repeat(5_000)}` }))],
  [
    'a thin event of the year 0',
    JSON.stringify({ ...eventWith(), object: 'v2.core.event', created: '0000-01-01T00:00:00Z' }),
  ],
  ['an event without a type', JSON.stringify(eventWith({ type: null }))],
];

test('what is not signed by Stripe for us now is refused, and nothing is written', async ({
  app,
}) => {
  const before = await written();
  for (const [what, delivery] of badSignatures) {
    const reply = await deliver(app, delivery());
    expect(reply.status, what).toBe(400);
    expect(JSON.parse(reply.body), what).toEqual({ error: expect.any(String) });
  }
  expect(await written()).toBe(before);
});

test('what is signed, and no event, is refused, and nothing is written', async ({ app }) => {
  const before = await written();
  for (const [what, body] of notEvents) {
    expect((await deliver(app, { body })).status, what).toBe(400);
  }
  expect(await written()).toBe(before);
});

test('one right signature among others is enough', async ({ app }) => {
  const time = now();
  for (const signature of [
    `t=${time},v1=${zeros},v1=${hmac(event, time)}`,
    `t=${time},v1=${hmac(event, time)},v1=${zeros},v0=${zeros}`,
    `v0=1,v1=${hmac(event, time)},t=${time},whatever`,
    `t=${time},${`v1=${zeros},`.repeat(100)}v1=${hmac(event, time)}`,
  ]) {
    expect((await deliver(app, { body: event, signature })).status, signature).toBe(200);
  }
});

for (const { what, changes, error } of [
  { what: 'of a type that nobody knows', changes: { type: 'moon.rose' }, error: /changes nothing/ },
  { what: 'without data', changes: { data: null }, error: /about no customer/ },
  { what: 'whose object is null', changes: { data: { object: null } }, error: /about no customer/ },
  {
    what: 'whose object is a text',
    changes: { data: { object: 'x' } },
    error: /about no customer/,
  },
  {
    what: 'whose customer is null',
    changes: { data: { object: { object: 'subscription', customer: null } } },
    error: /about no customer/,
  },
  {
    what: 'whose customer is a number',
    changes: { data: { object: { customer: 7 }, previous_attributes: null } },
    error: /about no customer/,
  },
  { what: 'of live mode', changes: { livemode: true }, error: /live mode/ },
  { what: 'of a connected account', changes: { account: 'acct_1' }, error: /acct_1/ },
  {
    what: 'that is thin',
    changes: {
      object: 'v2.core.event',
      created: new Date().toISOString(),
      type: 'v1.invoice.paid',
    },
    error: /thin/,
  },
]) {
  test(`an event ${what} is recorded, ignored and explained`, async ({ app }) => {
    const given = eventWith(changes);
    const reply = await deliver(app, { body: JSON.stringify(given) });
    expect(reply.status).toBe(200);
    expect(await recorded(given.id)).toMatchObject({
      status: 'ignored',
      type: given.type,
      error: expect.stringMatching(error),
    });
  });
}

for (const [what, changes] of [
  ['in an API version that nobody knows', { api_version: '2042-01-01.unheard' }],
  ['without an API version', { api_version: null, request: undefined, pending_webhooks: null }],
] as const) {
  test(`an event ${what} is processed`, async ({ app }) => {
    const { customer } = await createSubscriber();
    const given = eventWith({ ...changes, data: { object: { object: 'subscription', customer } } });
    expect((await deliver(app, { body: JSON.stringify(given) })).status).toBe(200);
    expect(await recorded(given.id)).toMatchObject({ status: 'processed' });
  });
}

test('an event with its whole customer in it is processed, under any content type', async ({
  app,
}) => {
  const { customer } = await createSubscriber();
  for (const type of ['application/json', 'text/plain', 'multipart/form-data', 'image/png', 'x']) {
    const object = { object: 'invoice', customer: { id: customer, object: 'customer' } };
    const given = eventWith({ type: 'invoice.paid', data: { object } });
    const headers = { 'content-type': type };
    expect((await deliver(app, { body: JSON.stringify(given), headers })).status, type).toBe(200);
    expect(await recorded(given.id)).toMatchObject({ status: 'processed' });
  }
});

test('every kind of event about a customer who was deleted is processed', async ({ app }) => {
  const { customer } = await createSubscriber();
  await stripe().customers.del(customer);
  for (const [type, object] of [
    ['customer.deleted', { object: 'customer', id: customer, deleted: true }],
    ['customer.subscription.deleted', { object: 'subscription', customer }],
    ['invoice.updated', { object: 'invoice', customer }],
  ] as const) {
    const given = eventWith({ type, data: { object } });
    expect((await deliver(app, { body: JSON.stringify(given) })).status, type).toBe(200);
    expect(await recorded(given.id), type).toMatchObject({ status: 'processed' });
  }
  expect(await db().customer.findUnique({ where: { id: customer } })).toMatchObject({
    deleted: true,
  });
});

test('other methods are not allowed', async ({ app }) => {
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
    expect((await send(app.url, { method, path })).status, method).toBe(405);
  }
});

test('a header of a megabyte is refused before it reaches us', async ({ app }) => {
  const signature = `${sign(event)},v1=${'0'.repeat(1024 * 1024)}`;
  // Node answers and hangs up while the rest is still being sent.
  const status = await deliver(app, { body: event, signature }).then(
    (reply) => reply.status,
    ({ code }: { code: string }) => code,
  );
  expect([431, 'ECONNRESET', 'EPIPE']).toContain(status);
});

const MEGABYTES_20 = 20 * 1024 * 1024;

test('twenty megabytes are refused when they are announced, before they are sent', async ({
  app,
}) => {
  const reply = await begin(app, { 'content-length': String(MEGABYTES_20) }, 'x');
  expect(reply.statusCode).toBe(413);
});

test('twenty megabytes that are not announced are refused after the first', async ({ app }) => {
  const reply = await begin(app, { 'transfer-encoding': 'chunked' }, 'x'.repeat(1_100_000));
  expect(reply.statusCode).toBe(413);
});

test('twenty megabytes sent whole are refused, and the app goes on', async ({ app }) => {
  const before = await written();
  const body = Buffer.alloc(MEGABYTES_20, 'x');
  const status = await deliver(app, { body }).then(
    (reply) => reply.status,
    ({ code }: { code: string }) => code,
  );
  expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
  expect((await deliver(app, { body: event })).status).toBe(200);
  expect(await written()).toBeLessThanOrEqual(before + 1);
});

/** Sends the beginning of a body, and waits for the answer without ever sending the rest. */
async function begin(
  app: OwnApp,
  headers: Record<string, string>,
  beginning: string,
): Promise<IncomingMessage> {
  const outgoing = request(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'stripe-signature': sign(event), ...headers },
  });
  outgoing.on('error', () => {});
  outgoing.write(beginning);
  const [reply] = await once(outgoing, 'response');
  outgoing.destroy();
  return reply;
}

/** How many events of these tests are in the event log; the stand-in's own ids have no dashes. */
function written(): Promise<number> {
  return db().stripeEvent.count({ where: { id: { contains: '-' } } });
}

function recorded(id: string) {
  return db().stripeEvent.findUnique({ where: { id } });
}
