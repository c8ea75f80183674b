import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const closer of closers.splice(0).reverse()) await closer();
  vi.unstubAllEnvs();
});

/**
 * Stands between the app and its database. `silence()` makes the connections there are swallow
 * everything without a reset, as after a failover, while new ones work.
 */
async function startProxy(target: URL) {
  const silent = new WeakSet<Socket>();
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const pipe = (from: Socket, to: Socket) =>
      from.on('data', (data) => silent.has(client) || to.write(data));
    pipe(client, upstream);
    pipe(upstream, client);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    open.add(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address && typeof address === 'object' ? address.port : 0);
  closers.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: url.href,
    silence: () => {
      for (const socket of open) silent.add(socket);
    },
    refuse: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** The app's client, as a process with this database would have it. */
async function freshDb(url: string) {
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('DATABASE_POOL', '3');
  vi.resetModules();
  const held: typeof globalThis & { prisma?: unknown; pool?: unknown } = globalThis;
  const { prisma, pool } = held;
  Object.assign(held, { prisma: undefined, pool: undefined });
  const { db, isDatabaseUnavailable } = await import('./db');
  const client = db();
  Object.assign(held, { prisma, pool });
  closers.push(() => client.$disconnect());
  return { client, isDatabaseUnavailable, ask: () => client.$queryRaw`SELECT 1 AS one` };
}

// Waits for the query timeout once, which is five seconds.
it('gives up connections that went silent and recovers by itself', async () => {
  const proxy = await startProxy(new URL(process.env.DATABASE_URL ?? ''));
  const { ask, isDatabaseUnavailable } = await freshDb(proxy.url);
  await Promise.all([ask(), ask(), ask()]);
  proxy.silence();
  const [first] = await Promise.allSettled([ask(), ask(), ask()]);
  expect(first?.status).toBe('rejected');
  expect(first?.status === 'rejected' && isDatabaseUnavailable(first.reason)).toBe(true);
  expect(await ask()).toEqual([{ one: 1 }]);
});

it('says that the database is unavailable when nothing listens there', async () => {
  const proxy = await startProxy(new URL(process.env.DATABASE_URL ?? ''));
  const { ask, isDatabaseUnavailable } = await freshDb(proxy.url);
  proxy.refuse();
  const error = await ask().catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it('does not take a mistake of ours for an outage', async () => {
  const { client, isDatabaseUnavailable } = await freshDb(process.env.DATABASE_URL ?? '');
  const error = await client.$queryRaw`SELECT nonsense`.catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(error)).toBe(false);
});
