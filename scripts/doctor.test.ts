import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { productId } from '@/lib/billing/plans';
import type { Finding } from '@/lib/finding';
import { startPostgres } from '../dev/postgres/start-postgres';
import type { StandIns } from '../dev/stand-ins';
import { plan } from '../test/support/plans';
import { startTestStandIns } from '../test/support/stand-ins';

const before = { ...process.env };
const servers: Server[] = [];
let standIns: StandIns;
let healthy: Record<string, string>;
/** What the app answers to webhooks. */
let webhookStatus = 200;

beforeAll(async () => {
  const app = await serveHttp((_, reply) => reply.writeHead(webhookStatus).end());
  standIns = await startTestStandIns(`http://localhost:${app}`);
  healthy = {
    ...standIns.env,
    NEXTAUTH_URL: `http://localhost:${app}`,
    NEXTAUTH_SECRET: 'a secret that only this test knows',
  };
}, 60_000);

afterAll(async () => {
  for (const server of servers) server.close();
  await standIns.close();
});

beforeEach(() => {
  vi.resetModules();
  process.env = { ...before, ...healthy };
});

afterEach(() => {
  vi.useRealTimers();
  process.env = { ...before };
});

it('finds nothing wrong with a healthy installation', async () => {
  const findings = await doctor({});
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual([
    'environment',
    'address',
    'database',
    'migrations',
    'mail',
    'sender',
    'stripe key',
    'key rights',
    'clock',
    'catalogue',
    'webhook endpoint',
    'webhook deliveries',
  ]);
});

describe('in the environment', () => {
  it('every variable that is not set is named, and what needs it is skipped', async () => {
    const nothing = Object.fromEntries(Object.keys(healthy).map((name) => [name, undefined]));
    const findings = await doctor(nothing);
    const problems = findings.filter(({ state }) => state === 'problem');
    expect(problems.map(({ says }) => says)).toEqual([
      'DATABASE_URL is not set.',
      'NEXTAUTH_URL is not set.',
      'NEXTAUTH_SECRET is not set.',
      'EMAIL_SERVER is not set.',
      'EMAIL_FROM is not set.',
      'STRIPE_SECRET_KEY is not set.',
      'STRIPE_WEBHOOK_SECRET is not set.',
    ]);
    expect(findings.slice(7).every(({ state }) => state === 'skipped')).toBe(true);
  });

  it.each([
    ['a publishable key', { STRIPE_SECRET_KEY: 'pk_test_123' }, 'STRIPE_SECRET_KEY'],
    ['a scheduler that anybody could play', { CRON_SECRET: 'a' }, 'CRON_SECRET'],
    ['a short secret', { NEXTAUTH_SECRET: 'short' }, 'NEXTAUTH_SECRET'],
    ['half a sign-in provider', { GITHUB_ID: 'id' }, 'GITHUB_SECRET'],
    ['a foreign webhook secret', { STRIPE_WEBHOOK_SECRET: 'sk_test_1' }, 'STRIPE_WEBHOOK_SECRET'],
    ['another kind of database', { DATABASE_URL: 'mysql://localhost/app' }, 'DATABASE_URL'],
  ])('%s is named, and hides no other check', async (_, change, name) => {
    const findings = await doctor(change);
    expect(only(findings, 'environment')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining(name),
      mend: expect.stringContaining(`Set ${name}: `),
    });
    expect(only(findings, 'mail').state).toBe('ok');
  });
});

it('says of address and sender what can be said before there is a key', async () => {
  const findings = await doctor({ STRIPE_SECRET_KEY: undefined });
  expect(only(findings, 'address').state).toBe('ok');
  expect(only(findings, 'sender').state).toBe('ok');
});

describe('of the address it is said', () => {
  it.each([
    ['that a live key has no place on localhost', 'http://localhost:3000', 'sk_live_1', 'live one'],
    ['that http is not for the public', 'http://app.example.org', 'sk_test_1', 'not https'],
    ['that live mode wants https', 'http://app.example.org', 'sk_live_1', 'https only'],
  ])('%s', async (_, NEXTAUTH_URL, STRIPE_SECRET_KEY, words) => {
    const findings = await doctor({ NEXTAUTH_URL, STRIPE_SECRET_KEY });
    expect(only(findings, 'address')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining(words),
    });
  });
});

describe('of the database it is said', () => {
  it('that nothing answers', async () => {
    const findings = await doctor({ DATABASE_URL: 'postgresql://u:secret-word@127.0.0.1:1/app' });
    expect(only(findings, 'database').says).toBe('Nothing answers at 127.0.0.1:1/app.');
    expect(only(findings, 'migrations').state).toBe('skipped');
    expect(only(findings, 'catalogue').state).toBe('skipped');
    expect(only(findings, 'mail').state).toBe('ok');
  });

  it.each([
    ['that the password is refused', '28P01', 'refuses the user or the password'],
    ['that there is no such database', '3D000', 'there is no database'],
    ['that it has no connection to spare', '53300', 'no connection to spare'],
  ])('%s', async (_, code, words) => {
    const port = await serve((socket) => socket.once('data', () => socket.end(refusal(code))));
    const findings = await doctor({
      DATABASE_URL: `postgresql://u:secret-word@127.0.0.1:${port}/app?sslmode=disable`,
    });
    expect(only(findings, 'database')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining(words),
    });
    expect(JSON.stringify(findings)).not.toContain('secret-word');
  });

  it('that what answers is not PostgreSQL', async () => {
    const port = await serveHttp((_, reply) => reply.end());
    const findings = await doctor({ DATABASE_URL: `postgresql://u:p@127.0.0.1:${port}/app` });
    expect(only(findings, 'database').state).toBe('problem');
  });

  it('that it has no migrations yet', async () => {
    const empty = await startPostgres({ dir: 'memory', port: 0 });
    const findings = await doctor({ DATABASE_URL: empty.url });
    await empty.close();
    expect(only(findings, 'database').state).toBe('ok');
    expect(only(findings, 'migrations')).toMatchObject({
      state: 'problem',
      says: expect.stringMatching(/does not have \d{14}_\w+/),
      mend: 'npm run migrate',
    });
  });

  it.each([
    [
      'that it has a migration this code does not know',
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29991231000000_later', now())",
      "DELETE FROM _prisma_migrations WHERE id = 'x'",
      'which this code does not know',
    ],
    [
      'that a migration was edited after it was applied',
      'UPDATE _prisma_migrations SET checksum = reverse(checksum)',
      'UPDATE _prisma_migrations SET checksum = reverse(checksum)',
      'was edited after it was applied',
    ],
    [
      'that a migration stopped half-way',
      'UPDATE _prisma_migrations SET finished_at = NULL',
      'UPDATE _prisma_migrations SET finished_at = now()',
      'stopped half-way',
    ],
  ])('%s', async (_, harm, mend, words) => {
    await sql(harm);
    const findings = await doctor({});
    await sql(mend);
    expect(only(findings, 'migrations')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining(words),
    });
    expect(only(findings, 'stripe key').state).toBe('ok');
  });
});

describe('of the mail server it is said', () => {
  it('that nothing listens', async () => {
    const findings = await doctor({ EMAIL_SERVER: 'smtp://127.0.0.1:1' });
    expect(only(findings, 'mail').says).toBe('Nothing listens at 127.0.0.1:1.');
    expect(only(findings, 'catalogue').state).toBe('ok');
  });

  it('that there is no server of that name', async () => {
    const findings = await doctor({ EMAIL_SERVER: 'smtp://mail.invalid:587' });
    expect(only(findings, 'mail').says).toContain('no server by the name of mail.invalid');
  });

  it('that it refuses the password, without repeating it', async () => {
    const port = await serve(refusingMailServer);
    const findings = await doctor({ EMAIL_SERVER: `smtp://u:secret-word@127.0.0.1:${port}` });
    expect(only(findings, 'mail').says).toContain('refuses the user name or the password');
    expect(JSON.stringify(findings)).not.toContain('secret-word');
  });

  it('that it is none', async () => {
    const port = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const findings = await doctor({ EMAIL_SERVER: `smtp://127.0.0.1:${port}` });
    expect(only(findings, 'mail').says).toContain('is not a mail server');
  });

  it('that it does not begin with TLS', async () => {
    const EMAIL_SERVER = (healthy.EMAIL_SERVER ?? '').replace('smtp:', 'smtps:');
    const findings = await doctor({ EMAIL_SERVER });
    expect(only(findings, 'mail')).toMatchObject({ mend: expect.stringContaining('smtp://') });
  });

  it('that it offers no TLS where that is asked for', async () => {
    const findings = await doctor({ EMAIL_SERVER: `${healthy.EMAIL_SERVER}/?requireTLS=true` });
    expect(only(findings, 'mail').says).toContain('offers no TLS');
  });

  it('that mail needs a sender', async () => {
    const findings = await doctor({ EMAIL_FROM: 'Nobody' });
    expect(only(findings, 'sender').state).toBe('problem');
    expect(only(findings, 'mail').state).toBe('ok');
  });
});

describe('of Stripe it is said', () => {
  it.each([
    ['that it does not know the key', 'sk_test_wrong', 'does not know the key'],
    ['that the key has expired', 'sk_test_former', 'has expired'],
  ])('%s', async (_, STRIPE_SECRET_KEY, words) => {
    await control('keys', { key: 'sk_test_former', state: 'expired' });
    const findings = await doctor({ STRIPE_SECRET_KEY });
    expect(only(findings, 'stripe key').says).toContain(words);
    expect(only(findings, 'catalogue').state).toBe('skipped');
    expect(only(findings, 'database').state).toBe('ok');
    expect(JSON.stringify(findings)).not.toContain(STRIPE_SECRET_KEY);
  });

  it('that it cannot be reached', async () => {
    const findings = await doctor({ STRIPE_API_BASE: 'http://localhost:1' });
    expect(only(findings, 'stripe key')).toMatchObject({
      says: 'Stripe cannot be reached at http://localhost:1.',
      mend: expect.stringContaining('unset STRIPE_API_BASE'),
    });
  });

  it.each([
    ['a web page', '<html></html>'],
    ['some other JSON', '{}'],
  ])('that what answers is something else: %s', async (_, body) => {
    const port = await serveHttp((_request, reply) => reply.end(body));
    const findings = await doctor({ STRIPE_API_BASE: `http://localhost:${port}` });
    expect(only(findings, 'stripe key').says).toContain('is not Stripe');
  });

  it('that it fails at the moment', async () => {
    await control('faults', { on: 'GET /v1/customers', kind: '503' });
    const findings = await doctor({});
    await control('faults', undefined, 'DELETE');
    expect(only(findings, 'stripe key').says).toContain('503');
  });

  it('that a live key would go to somebody else, before it does', async () => {
    const findings = await doctor({
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_API_BASE: 'https://stripe.invalid',
    });
    expect(only(findings, 'stripe key')).toMatchObject({
      says: expect.stringContaining('It was not tried'),
      mend: 'Unset STRIPE_API_BASE.',
    });
  });

  it('that the clock is wrong', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90_000 });
    const findings = await doctor({});
    expect(only(findings, 'clock').says).toMatch(/(89|90|91) seconds ahead of Stripe's/);
  });

  it('that something was changed by hand', async () => {
    await stripe().products.update(productId(plan), { name: 'Renamed' });
    const findings = await doctor({});
    await stripe().products.update(productId(plan), { name: plan.title });
    expect(only(findings, 'catalogue')).toMatchObject({
      says: `Stripe differs from the plans: update product ${productId(plan)}.`,
      mend: expect.stringContaining('npm run billing -- push'),
    });
  });

  it('that nothing was pushed in live mode', async () => {
    const findings = await doctor({ STRIPE_SECRET_KEY: 'sk_live_1' });
    expect(only(findings, 'catalogue').says).toContain(`create product ${productId(plan)}`);
  });
});

describe('of a restricted key it is said', () => {
  const everything = [
    'customer_write',
    'payment_method_read',
    'checkout_session_write',
    'customer_portal_write',
    'subscription_write',
    'invoice_write',
    'payment_intent_read',
    'charge_write',
    'dispute_read',
    'product_write',
    'plan_write',
    'coupon_write',
    'promotion_code_read',
    'webhook_read',
    'event_read',
  ];

  it('that it has every right that is used', async () => {
    await control('keys', { key: 'rk_test_all', rights: everything });
    const findings = await doctor({ STRIPE_SECRET_KEY: 'rk_test_all' });
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it.each(everything)('that it lacks %s', async (right) => {
    const rights = everything.filter((each) => each !== right);
    await control('keys', { key: `rk_test_no_${right}`, rights });
    const findings = await doctor({ STRIPE_SECRET_KEY: `rk_test_no_${right}` });
    expect(only(findings, 'key rights')).toMatchObject({
      says: 'The key lacks a right.',
      mend: expect.stringContaining(`(rak_${right})`),
    });
    expect(only(findings, 'stripe key').state).toBe('ok');
  });

  it('all that it lacks, and nothing was made at Stripe to find out', async () => {
    const count = async () => (await stripe().customers.list({ limit: 100 })).data.length;
    const customers = await count();
    const findings = await doctor({ STRIPE_SECRET_KEY: 'rk_test_none' });
    expect(only(findings, 'key rights').says).toBe(`The key lacks ${everything.length} rights.`);
    expect(only(findings, 'webhook endpoint')).toMatchObject({
      mend: expect.stringContaining('rak_webhook_read'),
    });
    expect(await count()).toBe(customers);
  });
});

describe('of the webhook endpoint it is said', () => {
  let address: string;
  beforeEach(async () => {
    address = `${healthy.NEXTAUTH_URL}/api/webhooks/stripe`;
    await forget();
  });
  afterAll(async () => {
    await forget();
    await endpoint({});
  });

  async function forget(): Promise<void> {
    const { data } = await stripe().webhookEndpoints.list();
    await Promise.all(data.map(({ id }) => stripe().webhookEndpoints.del(id)));
  }

  function endpoint(changes: Partial<Stripe.WebhookEndpointCreateParams>) {
    return stripe().webhookEndpoints.create({ url: address, enabled_events: ['*'], ...changes });
  }

  async function said(): Promise<Finding> {
    return only(await doctor({}), 'webhook endpoint');
  }

  it('that there is none', async () => {
    expect(await said()).toMatchObject({
      state: 'problem',
      says: `No endpoint at Stripe has the address ${address}`,
      mend: expect.stringContaining('customer.subscription.updated'),
    });
  });

  it.each([
    ['another path', '/api/webhook'],
    ['a slash too many', '/api/webhooks/stripe/'],
  ])('that its address has %s', async (_, path) => {
    await endpoint({ url: healthy.NEXTAUTH_URL + path });
    expect(await said()).toMatchObject({
      says: expect.stringContaining('not our address'),
      mend: expect.stringContaining(`exactly ${address}`),
    });
  });

  it('that it is disabled', async () => {
    const { id } = await endpoint({});
    await stripe().webhookEndpoints.update(id, { disabled: true });
    expect((await said()).says).toContain('disabled');
  });

  it('which events it leaves out', async () => {
    const { webhookEvents } = await import('@/lib/billing/webhook/event-types');
    await endpoint({ enabled_events: webhookEvents.filter((type) => type !== 'invoice.paid') });
    expect(await said()).toMatchObject({
      state: 'problem',
      mend: expect.stringMatching(/add to it invoice\.paid$/),
    });
  });

  it('that the events it sends are enough', async () => {
    const { webhookEvents } = await import('@/lib/billing/webhook/event-types');
    await endpoint({ enabled_events: [...webhookEvents], api_version: '2026-10-28.endive' });
    expect((await said()).state).toBe('ok');
  });

  it('that there are two', async () => {
    await endpoint({});
    await endpoint({});
    expect((await said()).says).toContain('more than once');
  });

  it('that it speaks an old version', async () => {
    await endpoint({ api_version: '2024-06-20' });
    expect(await said()).toMatchObject({
      says: expect.stringContaining('2024-06-20'),
      mend: expect.stringContaining('2026-10-28.endive'),
    });
  });

  it('that deliveries fail, until what they told of was caught up with', async () => {
    await endpoint({});
    webhookStatus = 500;
    const { id } = await stripe().customers.create({ email: 'lost@example.com' });
    await stripe().customers.update(id, { name: 'Lost' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    const findings = await doctor({});
    webhookStatus = 200;
    expect(only(findings, 'webhook deliveries')).toMatchObject({
      says: expect.stringContaining('the newest a customer.updated'),
      mend: expect.stringContaining('npm run billing -- reconcile --fix'),
    });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    for (const { id: event } of (await stripe().events.list({ delivery_success: false })).data) {
      await sql(
        `INSERT INTO "StripeEvent" (id, type, status, livemode, "createdAt") VALUES ('${event}', 'x', 'processed', false, now())`,
      );
    }
    expect(only(await doctor({}), 'webhook deliveries').state).toBe('ok');
  });
});

describe('the command', () => {
  it('ends with 0 and says so when nothing is wrong', async () => {
    const { code, output } = await run([], {});
    expect(output).toContain('Nothing is wrong.');
    expect(code).toBe(0);
  });

  it('ends with 1 and speaks JSON, and no secret is in what it says', async () => {
    const { code, output } = await run(['--json'], {
      DATABASE_URL: 'postgresql://u:secret-word@127.0.0.1:1/app',
      STRIPE_SECRET_KEY: 'sk_test_wrong_secret_word',
    });
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: 'database', state: 'problem' }),
        expect.objectContaining({ check: 'stripe key', state: 'problem' }),
      ]),
    });
    expect(output).not.toMatch(/secret.word/);
  });
});

/** What the doctor finds when the healthy environment is changed like this. */
async function doctor(changes: Record<string, string | undefined>): Promise<Finding[]> {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const { examine } = await import('./doctor/examine');
  return examine('prisma/migrations');
}

function only(findings: Finding[], check: string): Finding {
  const [finding, ...others] = findings.filter((each) => each.check === check);
  if (!finding || others.length > 0) throw new Error(`not one finding of ${check}`);
  return finding;
}

async function run(programArguments: string[], changes: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/doctor.ts', ...programArguments],
    { env: { ...before, ...healthy, ...changes }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, code };
}

function stripe(): Stripe {
  const { hostname, port } = new URL(healthy.STRIPE_API_BASE ?? '');
  return new Stripe(healthy.STRIPE_SECRET_KEY ?? '', {
    protocol: 'http',
    host: hostname,
    port,
    telemetry: false,
  });
}

async function control(path: string, body?: object, method = 'POST'): Promise<void> {
  const reply = await fetch(`${healthy.STRIPE_API_BASE}/_emulator/${path}`, {
    method,
    body: body && JSON.stringify(body),
  });
  expect(reply.status).toBe(200);
}

async function sql(statement: string): Promise<void> {
  const { db } = await import('@/lib/db');
  await db().$executeRawUnsafe(statement);
}

async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  return listen(createServer((socket) => onSocket(socket.on('error', () => {}))));
}

function serveHttp(onRequest: RequestListener): Promise<number> {
  return listen(createHttpServer(onRequest));
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('unreachable');
  return address.port;
}

/** PostgreSQL's refusal of a connection: an ErrorResponse with this SQLSTATE. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mrefused "app"\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A mail server that takes no password, and is rude enough to repeat it. */
function refusingMailServer(socket: Socket): void {
  socket.write('220 mail.example ESMTP\r\n');
  socket.on('data', (line) => {
    if (/^EHLO/i.test(String(line))) socket.write('250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n');
    else if (/^AUTH/i.test(String(line))) socket.write('535 no, not with secret-word\r\n');
    else socket.end('221 bye\r\n');
  });
}
