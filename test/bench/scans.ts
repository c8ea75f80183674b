import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { runCommand } from '../support/run-command';
import { fire } from './load';
import type { Model } from './model';
import type { Place, World } from './places';
import { aligned } from './report';
import { clicks, freshEvents } from './shots';

/** A table of which all was read, by something that needs little of it. */
export interface Scan {
  work: string;
  table: string;
  times: number;
}

/** Tables that stay small, or hold nothing of most people. All others get as many rows as there are customers. */
const NOT_FILLED =
  '_prisma_migrations BillingAccount Team Member Invitation Account CatalogueObject ReconcileProgress'.split(
    ' ',
  );

const TIMES = 20;
const PAGES = ['/dashboard', '/billing', '/settings', '/pricing'];

/** For so long, PostgreSQL keeps to itself what an idle connection has done. */
const IDLE_MILLISECONDS = 11_000;

/**
 * Finds what makes PostgreSQL read all of a table that grows with the number of customers: events, clicks,
 * pages, the scheduled run with what expires, and the operator's commands.
 *
 * @throws Error when one of them fails
 */
export async function findScans(
  { model, places }: World,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Scan[]> {
  const place = places.at(-1);
  if (!place) return [];
  say('Looking for statements that read all of a table …');
  const client = new Client({ connectionString: place.database });
  await client.connect();
  try {
    const { rows: sparse } = await client.query<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND reltuples < $1 AND relname <> ALL($2)`,
      [place.customers, NOT_FILLED],
    );
    for (const { relname } of sparse) await fill(client, relname, place.customers, model);
    await client.query('ANALYZE');
    const found: Scan[] = [];
    let before = await countScans(client, place);
    for (const [work, run] of worksOf(place, model, signal)) {
      await run();
      const now = await countScans(client, place);
      for (const [table, scans] of now) {
        const times = scans - (before.get(table) ?? 0);
        if (times > 0) found.push({ work, table, times });
      }
      before = now;
    }
    return found;
  } finally {
    await client.end();
  }
}

export function scanTable(scans: readonly Scan[]): string {
  if (scans.length === 0)
    return 'Nothing reads all of a table that grows with the number of customers.';
  return aligned(
    [
      ['reads all of a table', 'table', 'times'],
      ...scans.map(({ work, table, times }) => [work, table, String(times)]),
    ],
    2,
  );
}

function worksOf({ customers, database, app }: Place, model: Model, signal: AbortSignal) {
  const { cookie, customer, email } = model;
  const ask = async (path: string, headers: Record<string, string>) => {
    const { status } = await fetch(app + path, { headers, redirect: 'manual' });
    if (status !== 200) throw new Error(`${path} answered ${status}.`);
  };
  const command = (...typed: string[]): [string, () => Promise<void>] => [
    `billing ${typed.join(' ').replace(email, 'EMAIL').replace(`${customer}_1`, 'CUSTOMER')}`,
    async () => {
      const { code, err } = await runCommand('scripts/billing.ts', typed, {
        DATABASE_URL: database,
      });
      // 2 is for what a command found and left.
      if (code !== 0 && code !== 2) throw new Error(`billing ${typed.join(' ')} failed: ${err}`);
    },
  ];
  const works: [string, () => Promise<void>][] = [
    [
      'events, clicks and pages',
      async () => {
        await fire(app, freshEvents(model, customers, TIMES), { atOnce: 1, signal });
        await fire(app, await clicks(model, customers, { app, count: TIMES }), {
          atOnce: 1,
          signal,
        });
        for (const path of PAGES) await ask(path, { cookie: `${cookie.name}=${cookie.value}_1` });
        await sleep(IDLE_MILLISECONDS);
      },
    ],
    [
      'the scheduled run',
      async () => {
        await ask('/api/cron/reconcile', { authorization: `Bearer ${process.env.CRON_SECRET}` });
        await sleep(IDLE_MILLISECONDS);
      },
    ],
    command('reconcile'),
    command('reconcile', '--customer', `${customer}_1`),
    command('replay', '--failed'),
    command('adopt'),
    command('reasons'),
    command('show'),
    command('show', email),
    command('show', `${customer}_1`),
    command('audit'),
    command('audit', email),
    command('grant', email),
  ];
  return works;
}

/** How often all of each large table was read so far. */
async function countScans(
  client: Client,
  { customers }: Place,
): Promise<ReadonlyMap<string, number>> {
  // Of this session, which would otherwise see what it saw first.
  await client.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await client.query(
    `SELECT stat.relname AS table, seq_scan::int AS scans
     FROM pg_stat_user_tables AS stat JOIN pg_class ON pg_class.oid = relid
     WHERE reltuples >= $1`,
    [customers],
  );
  return new Map(
    z
      .array(z.object({ table: z.string(), scans: z.int() }))
      .parse(rows)
      .map(({ table, scans }) => [table, scans]),
  );
}

/** Adds a row for each customer, with a value in every column. */
async function fill(
  client: Client,
  table: string,
  customers: number,
  { customer, userId }: Model,
): Promise<void> {
  const { rows } = await client.query(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO'`,
    [table],
  );
  const columns = z.array(z.object({ name: z.string(), type: z.string() })).parse(rows);
  const values = columns.map(({ name, type }) => {
    if (name === 'userId') return `'${userId}_' || n`;
    if (name === 'customerId') return `'${customer}_' || n`;
    if (name === 'memberId') return 'NULL';
    return VALUES[type] ?? TOMORROW;
  });
  const names = columns.map(({ name }) => `"${name}"`);
  await client.query(
    `INSERT INTO "${table}" (${names.join()}) SELECT ${values.join()} FROM generate_series(1, $1::int) n
     ON CONFLICT DO NOTHING`,
    [customers],
  );
}

/** SQL of a time, for which nothing is removed as too old. */
const TOMORROW = `CURRENT_TIMESTAMP + interval '1 day'`;

/** SQL, by the column's type; anything else is a time. */
const VALUES: Readonly<Record<string, string>> = {
  text: `'made-up-' || n`,
  jsonb: `'{}'::jsonb`,
  ARRAY: `'{}'`,
  boolean: 'FALSE',
  integer: '1',
  bigint: `(extract(epoch FROM ${TOMORROW}) * 1000)::bigint + n`,
};
