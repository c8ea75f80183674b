import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'playwright/test';
import { type NextServer, startNext, untilAnswered } from '../dev/next-server';
import { findPort } from '../dev/ports';
import { createApiKey } from '../lib/api-keys';
import { db } from '../lib/db';
import { english } from '../lib/words/english';
import { type ActionForm, cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { type DatabaseProxy, openDatabaseProxy } from '../test/support/database-proxy';
import { breakStripe, mailTo, mendStripe } from '../test/support/emulator';
import { malformedRequests, statusOf } from '../test/support/malformed-requests';
import { type OwnWorld, startOwnWorld } from '../test/support/own-world';
import { destination, inTurns, send } from '../test/support/raw-http';
import { createSubscriber, type Subscriber } from '../test/support/subscribers';

// It starts apps of its own, which takes its time on a busy machine.
test.describe.configure({ timeout: 360_000 });

type Instance = { url: string; server: NextServer; log: string[]; isReady: boolean };

let world: OwnWorld;
let database: DatabaseProxy;
let environment: Record<string, string>;
let publicUrl: string;
let instances: Instance[] = [];

test.beforeAll(async () => {
  world = await startOwnWorld();
  Object.assign(process.env, world.environment);
  publicUrl = world.environment.NEXTAUTH_URL ?? '';
  database = await openDatabaseProxy(world.environment.DATABASE_URL ?? '');
  environment = { ...world.environment, DATABASE_URL: database.url, TRUSTED_PROXIES: '1' };
  instances = [await startInstance(), await startInstance()];
});

test.afterEach(mendStripe);

test.afterAll(async () => {
  await Promise.all(instances.map(({ server }) => server.stop()));
  database.close();
  await world.stop();
});

test('a limit holds exactly for two instances together', { tag: '@instances' }, async () => {
  const person = await createSubscriber();
  const form = await formNamed(urlOf(0), '/billing', person, 'Manage billing');
  const clicks = await atOnce(44, (turn) => click(turn, person, form));
  expect(clicks).toEqual({ 'to the portal': 20, '/billing?problem=too-often': 24 });

  const signIn = await formNamed(urlOf(0), '/sign-in', nobody, 'Send sign-in link');
  const askFor = (email: string, caller: (turn: number) => string) =>
    atOnce(24, async (turn) => {
      const headers = { ...publicHeaders(), 'x-forwarded-for': caller(turn) };
      const sent = { fields: { email }, headers };
      return (await sendForm(urlOf(turn), '/sign-in', signIn, sent)).status;
    });
  const [flooded, hunted] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
  await askFor(flooded, () => '192.0.2.1');
  await askFor(hunted, (turn) => `198.51.100.${turn}`);
  await expect.poll(async () => (await mailTo(flooded)).length).toBe(5);
  await expect.poll(async () => (await mailTo(hunted)).length).toBe(10);
});

test('the API’s limit holds exactly for two instances together', {
  tag: '@instances',
}, async () => {
  const { userId } = await createSubscriber();
  const made = await createApiKey({ id: userId, person: null, role: null }, 'Both');
  const headers = { authorization: `Bearer ${'key' in made ? made.key : ''}` };
  const calls = await atOnce(150, async (turn) => {
    const reply = await send(urlOf(turn), { path: '/api/projects', headers });
    return reply.status === 429 ? `429, ${Number(reply.headers['retry-after']) > 0}` : reply.status;
  });
  expect(calls).toEqual({ 200: 120, '429, true': 30 });
});

test('a database that is gone, silent, frozen or full is said to be unavailable, and everything works again afterwards', {
  tag: '@instances',
}, async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => createSubscriber()));
  const [first] = people;
  if (!first) throw new Error('There is nobody to click.');
  const form = await formNamed(urlOf(0), '/billing', first, 'Manage billing');
  /** Everybody at once loads a page and clicks, at both instances. */
  const everybody = () =>
    atOnce(people.length * 4, async (turn) => {
      const person = people[turn % people.length] ?? first;
      if (turn % 4 < 2) return `click: ${await click(turn, person, form)}`;
      const headers = { ...cookieOf(person), accept: 'text/html' };
      const reply = await send(urlOf(turn), { path: '/billing', headers });
      const says = reply.body.includes(english.unavailable.heading) ? ', explained' : '';
      return `page: ${reply.status}${says}`;
    });
  const allowed = ['page: 200', 'click: to the portal', 'page: 503, explained', 'click: 503'];
  const well = { 'page: 200': 12, 'click: to the portal': 12 };
  expect(await everybody()).toEqual(well);
  for (const [trouble, begin] of Object.entries({
    gone: () => database.refuse(),
    silent: () => database.silence(),
    frozen: () => database.freeze(),
    full: () => fillUp(),
  })) {
    const before = everybody();
    await begin();
    const during = { ...(await before), ...(await everybody()) };
    const outcomes = Object.keys(during);
    expect(outcomes.filter((each) => !allowed.includes(each))).toEqual([]);
    expect(outcomes.join(), trouble).toContain('503');
    await database.mend();
    await makeRoom();
    // Nobody is kept out by their clicks of before.
    await expect
      .poll(async () => {
        await db().rateLimit.deleteMany();
        return everybody();
      }, trouble)
      .toEqual(well);
  }
});

test('what a thousand malformed requests take of the memory is given back', {
  tag: '@instances',
}, async () => {
  const [instance] = instances;
  if (!instance) throw new Error('There is no instance.');
  const { host, port } = new URL(instance.url);
  const requests = malformedRequests(500, host, `Origin: ${publicUrl}`);
  const sendAll = () =>
    inTurns(requests, async (each) => {
      expect(await statusOf(each, Number(port)), each.what).toBeLessThan(500);
    });
  // The first time, code is loaded that stays.
  await sendAll();
  const before = residentBytes(instance.server.pid);
  await sendAll();
  await sendAll();
  await expect
    .poll(() => residentBytes(instance.server.pid) - before, { timeout: 120_000 })
    .toBeLessThan(LARGEST_GROWTH);
});

test('two instances are replaced one after the other under load, and no click fails', {
  tag: '@instances',
}, async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => createSubscriber()));
  const [first] = people;
  if (!first) throw new Error('There is nobody to click.');
  const form = await formNamed(urlOf(0), '/billing', first, 'Manage billing');
  // Long enough for a click to be under way whenever an instance is told to end.
  await breakStripe({
    on: 'POST /v1/billing_portal/sessions',
    kind: 'latency',
    ms: 300,
    times: people.length * CLICKS_EACH,
  });

  const outcomes: string[] = [];
  const over = new AbortController();
  const health = checkHealth(instances, over.signal);
  const load = Promise.all(
    people.map(async (person, index) => {
      for (let turn = 0; turn < CLICKS_EACH && !over.signal.aborted; turn++) {
        outcomes.push(await click(await readyInstance(index + turn), person, form));
        await sleep(700);
      }
    }),
  );
  await expect.poll(() => outcomes.length).toBeGreaterThanOrEqual(people.length);
  for (const [each, { server, log }] of [...instances.entries()]) {
    const before = outcomes.length;
    expect(await server.terminate()).toBe('Next ended (143).');
    expect(log.join('\n')).toMatch(/"event":"stopping".*"event":"stopped"/s);
    instances[each] = await startInstance();
    await expect.poll(() => outcomes.length).toBeGreaterThan(before);
  }
  over.abort();
  await Promise.all([load, health]);
  expect(new Set(outcomes)).toEqual(new Set(['to the portal']));
});

/** Below the limit of clicks a minute, so that no click is refused for that. */
const CLICKS_EACH = 18;

const LARGEST_GROWTH = 50_000_000;

/** Of a process, in physical memory, as the operating system counts them. */
function residentBytes(pid: number | undefined): number {
  return 1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
}

const nobody = { cookie: { name: 'x', value: '' } };

function urlOf(turn: number): string {
  return instances[turn % instances.length]?.url ?? '';
}

/** As the load balancer passes requests on. */
function publicHeaders() {
  return { origin: publicUrl, host: new URL(publicUrl).host };
}

/** @returns where it led */
async function click(turn: number, person: Subscriber, form: ActionForm): Promise<string> {
  const headers = { ...publicHeaders(), ...cookieOf(person), accept: 'text/html' };
  const reply = await sendForm(urlOf(turn), '/billing', form, { headers });
  const to = destination(reply, publicUrl);
  if (!to) return String(reply.status);
  return to.pathname.startsWith('/p/') ? 'to the portal' : to.pathname + to.search;
}

/** Does something so many times at once, in turns at the instances, and counts what came of it. */
async function atOnce(
  times: number,
  work: (turn: number) => Promise<string | number>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await Promise.all(
    Array.from({ length: times }, async (_, turn) => {
      const outcome = await work(turn);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }),
  );
  return counts;
}

/** What a click writes first fails as it does without room on the disk. */
async function fillUp(): Promise<void> {
  await db().$executeRawUnsafe(
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`,
  );
  await db().$executeRawUnsafe(
    'CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON rate_limit EXECUTE FUNCTION full_disk()',
  );
}

async function makeRoom(): Promise<void> {
  await db().$executeRawUnsafe('DROP FUNCTION IF EXISTS full_disk CASCADE');
}

async function startInstance(): Promise<Instance> {
  const port = await findPort('', 4300 + (process.pid % 20_000));
  const log: string[] = [];
  const server = startNext('start', port, { ...process.env, ...environment }, (line) => {
    log.push(line);
  });
  await untilAnswered(server, port);
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(async () => (await send(url, { path: '/api/health/ready' })).status).toBe(200);
  return { url, server, log, isReady: true };
}

/** As a load balancer does: asks each instance whether it is ready, and gives requests to those in turn. */
async function checkHealth(all: readonly Instance[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await Promise.all(
      all.map(async (instance) => {
        const answer = send(instance.url, { path: '/api/health/ready' }).then(
          ({ status }) => status === 200,
          () => false,
        );
        // No answer in a second is taken for a no, and holds up no other check.
        instance.isReady = await Promise.race([answer, sleep(1_000).then(() => false)]);
      }),
    );
    await sleep(200);
  }
}

/** Waits for one to be ready, as a load balancer does. @returns its number */
async function readyInstance(turn: number): Promise<number> {
  for (;;) {
    const ready = [...instances.keys()].filter((each) => instances[each]?.isReady);
    const number = ready[turn % ready.length];
    if (number !== undefined) return number;
    await sleep(100);
  }
}
