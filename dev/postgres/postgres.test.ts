import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PrismaClient } from '@/lib/generated/prisma/client';
import { openDatabase } from './open-database';
import { type Postgres, startPostgres } from './start-postgres';
import { createWireServer } from './wire-server';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ dir: 'memory', port: 0 });
  await client((prisma) => prisma.$executeRaw`CREATE TABLE counter (id int primary key, n int)`);
  await client((prisma) => prisma.$executeRaw`INSERT INTO counter VALUES (1, 0)`);
});

afterAll(() => postgres.close());

/** Does some work with its own Prisma client, which may open many connections. */
async function client<T>(work: (prisma: PrismaClient) => Promise<T>, url = postgres.url) {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 30 }) });
  try {
    return await work(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

async function count(prisma: PrismaClient): Promise<number | undefined> {
  const rows = await prisma.$queryRaw<{ n: number }[]>`SELECT n FROM counter WHERE id = 1`;
  return rows[0]?.n;
}

it('isolates thirty concurrent transactions', async () => {
  await client(async (prisma) => {
    const before = (await count(prisma)) ?? 0;
    await Promise.all(
      Array.from({ length: 30 }, () =>
        prisma.$transaction(
          async (transaction) => {
            const [row] = await transaction.$queryRaw<
              { n: number }[]
            >`SELECT n FROM counter WHERE id = 1 FOR UPDATE`;
            await transaction.$executeRaw`UPDATE counter SET n = ${(row?.n ?? 0) + 1} WHERE id = 1`;
          },
          { maxWait: 15_000, timeout: 15_000 },
        ),
      ),
    );
    expect(await count(prisma)).toBe(before + 30);
  });
});

it('answers each of many concurrent queries, even while others fail', async () => {
  await client(async (prisma) => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        if (index % 3 === 0) {
          return prisma.$queryRaw`SELECT nothing`.then(
            () => 'no error',
            () => index,
          );
        }
        const [row] = await prisma.$queryRaw<{ n: number }[]>`SELECT ${index}::int AS n`;
        return row?.n;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 300 }, (_, index) => index));
  });
});

it('rolls back the transaction of a client that disconnects, and serves the others', async () => {
  await client(async (watcher) => {
    const before = await count(watcher);
    const socket = connect(Number(new URL(postgres.url).port), '127.0.0.1');
    socket.write(Buffer.from('\0\0\0\x17\0\x03\0\0user\0postgres\0\0'));
    const sql = Buffer.from('BEGIN; UPDATE counter SET n = -1\0');
    socket.write(
      Buffer.concat([Buffer.from(`Q\0\0\0${String.fromCharCode(4 + sql.length)}`), sql]),
    );
    let said = '';
    for await (const data of socket) {
      said += data;
      if (said.includes('UPDATE 1')) break;
    }
    expect(await count(watcher)).toBe(before);
  });
});

it('ends a client that leaves its transaction open, says which, and lets the others go on', async () => {
  const spoken = vi.spyOn(console, 'error').mockReturnValue();
  const database = await openDatabase('memory');
  const server = createWireServer(database, { idleInTransactionMilliseconds: 200 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const idler = new Client({ connectionString: url, application_name: 'forgetful' });
  const ended = new Promise((resolve) => idler.on('error', resolve));
  await idler.connect();
  await idler.query('CREATE TABLE left_open (n int)');
  await idler.query('BEGIN');
  await idler.query('INSERT INTO left_open VALUES (1)');
  const other = new Client({ connectionString: url });
  await other.connect();
  expect((await other.query('SELECT count(*)::int AS n FROM left_open')).rows).toEqual([{ n: 0 }]);
  await ended;
  expect(spoken.mock.calls.join()).toContain('ended forgetful');
  await other.end();
  server.close();
  await database.close();
  spoken.mockRestore();
});

it('lets two clients use the same name for different prepared statements', async () => {
  const factory = new PrismaPg(
    { connectionString: postgres.url },
    { statementNameGenerator: () => 's' },
  );
  const [one, two] = [await factory.connect(), await factory.connect()];
  const ask = (adapter: typeof one, sql: string) =>
    adapter.queryRaw({ sql, args: [], argTypes: [] });
  for (let round = 0; round < 2; round++) {
    expect((await ask(one, 'SELECT 1 AS n')).rows).toEqual([[1]]);
    expect((await ask(two, 'SELECT 2 AS n')).rows).toEqual([[2]]);
  }
  await one.dispose();
  await two.dispose();
});

it('keeps its data after a restart', async () => {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), 'postgres-')), 'data');
  const first = await startPostgres({ dir, port: 0 });
  await client((prisma) => prisma.$executeRaw`CREATE TABLE kept (n int)`, first.url);
  await first.close();
  const second = await startPostgres({ dir, port: 0 });
  const rows = await client(
    (prisma) => prisma.$queryRaw`SELECT count(*)::int FROM kept`,
    second.url,
  );
  expect(rows).toEqual([{ count: 0 }]);
  await second.close();
  rmSync(path.dirname(dir), { recursive: true });
});
