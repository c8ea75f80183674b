import { afterEach, expect, it, vi } from 'vitest';
import { openDatabaseProxy } from '../test/support/database-proxy';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const closer of closers.splice(0).reverse()) await closer();
  vi.unstubAllEnvs();
});

async function startProxy(change?: (data: Buffer) => Buffer) {
  const proxy = await openDatabaseProxy(process.env.DATABASE_URL ?? '', change);
  closers.push(() => proxy.close());
  return proxy;
}

/** The app's client, as a process with this database would have it. */
async function freshDb(url: string, connections = 3) {
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('DATABASE_POOL', String(connections));
  vi.resetModules();
  const held: typeof globalThis & { prisma?: unknown; pool?: unknown } = globalThis;
  const { prisma, pool } = held;
  Object.assign(held, { prisma: undefined, pool: undefined });
  const { db, pool: openPool, isDatabaseUnavailable } = await import('./db');
  const client = db();
  const openedPool = openPool();
  Object.assign(held, { prisma, pool });
  closers.push(() => client.$disconnect());
  return {
    client,
    openedPool,
    isDatabaseUnavailable,
    ask: () => client.$queryRaw`SELECT 1 AS one`,
  };
}

// Waits for the query timeout once, which is five seconds.
it('gives up connections that went silent and recovers by itself', async () => {
  const proxy = await startProxy();
  const { ask, isDatabaseUnavailable } = await freshDb(proxy.url);
  await Promise.all([ask(), ask(), ask()]);
  proxy.silence();
  const [first] = await Promise.allSettled([ask(), ask(), ask()]);
  expect(first?.status).toBe('rejected');
  expect(first?.status === 'rejected' && isDatabaseUnavailable(first.reason)).toBe(true);
  expect(await ask()).toEqual([{ one: 1 }]);
});

it('says that the database is unavailable when nothing listens there', async () => {
  const proxy = await startProxy();
  const { ask, isDatabaseUnavailable } = await freshDb(proxy.url);
  proxy.refuse();
  const error = await ask().catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it('says that the database is unavailable when PostgreSQL says that it cannot work just now', async () => {
  const { client, openedPool, isDatabaseUnavailable } = await freshDb(
    process.env.DATABASE_URL ?? '',
    1,
  );
  for (const [code, what] of [
    ['08006', 'a pooler lost the database'],
    ['25006', 'a standby takes no writes'],
    ['25P03', 'it ended a transaction that waited for us'],
    ['40001', 'a transaction has to be tried again'],
    ['40P01', 'a deadlock'],
    ['53100', 'its disk is full'],
    ['53200', 'it has no memory left'],
    ['53300', 'it has no connection left'],
    ['53400', 'another limit of its configuration is reached'],
    ['55P03', 'a lock was not free in time'],
    ['57014', 'a statement took too long'],
    ['57P01', 'it is shut down'],
    ['57P03', 'it starts'],
    ['58030', 'its disk fails'],
  ] as const) {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`;
    for (const fail of [() => client.$executeRawUnsafe(raise), () => openedPool.query(raise)]) {
      const error = await fail().catch((reason: unknown) => reason);
      expect(String(error), what).toContain('on purpose');
      expect(isDatabaseUnavailable(error), what).toBe(true);
    }
  }
});

it('does not take a mistake of ours for an outage', async () => {
  const { client, isDatabaseUnavailable } = await freshDb(process.env.DATABASE_URL ?? '');
  for (const mistake of ['SELECT nonsense', 'SELECT 1 / 0', "SELECT 'x'::int", 'SELECT FROM a.b']) {
    const error = await client.$executeRawUnsafe(mistake).catch((reason: unknown) => reason);
    expect(error, mistake).toBeInstanceOf(Error);
    expect(isDatabaseUnavailable(error), mistake).toBe(false);
  }
});

// PGlite has one process for all connections, so nothing is ever prepared there.
it.runIf(process.env.TEST_DATABASE_URL && !process.env.TEST_PGBOUNCER)(
  'prepares statements on a direct connection',
  async () => {
    expect(await preparedAt(process.env.DATABASE_URL ?? '')).toBeGreaterThan(0);
  },
);

it('prepares none behind something that gives clients a process ID of its own', async () => {
  const proxy = await startProxy(withOtherProcessId);
  expect(await preparedAt(proxy.url)).toBe(0);
});

it('prepares none, and asks for no settings, where DATABASE_URL says that it is a pooler', async () => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.searchParams.set('pgbouncer', 'true');
  expect(await preparedAt(url.href)).toBe(0);
});

/** How many statements one connection has prepared after running one twice. */
async function preparedAt(url: string): Promise<number> {
  const { client, ask } = await freshDb(url, 1);
  await ask();
  await ask();
  const [row] = await client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE '%SELECT 1 AS one%'
      AND name <> ''`;
  return row?.count ?? Number.NaN;
}

/** PostgreSQL's BackendKeyData is K, its length of twelve, the process ID, and a key. */
function withOtherProcessId(data: Buffer): Buffer {
  const at = data.indexOf(Buffer.from([...Buffer.from('K'), 0, 0, 0, 12]));
  if (at >= 0) data.writeInt32BE(7, at + 5);
  return data;
}
