import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { type ClientBase, Pool, types } from 'pg';
import { env } from './env';
import { type Prisma, PrismaClient } from './generated/prisma/client';

/**
 * The one Prisma client of this process, made at its first use so that `next build` needs no
 * database. Kept on globalThis because the development server evaluates modules again at each edit.
 */
export function db(): PrismaClient {
  const connections = pool();
  held.prisma ??= new PrismaClient({
    adapter: new PrismaPg(connections, {
      disposeExternalPool: true,
      statementNameGenerator: ({ sql }) => statementName(sql),
    }),
  });
  return held.prisma;
}

/**
 * Runs one statement of ours without Prisma, which costs more than our most frequent statements
 * themselves. For what Prisma does better, there is {@link db}.
 *
 * @returns rows with numbers, dates, parsed JSON, and `bigint` for PostgreSQL's bigint, as Prisma's
 */
export async function query<Row extends object>({ text, values }: Prisma.Sql): Promise<Row[]> {
  const name = statementName(text);
  const { rows } = await pool().query<Row>({ name, text, values, types: columnTypes });
  return rows;
}

const columnTypes = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === types.builtins.INT8 ? BigInt : types.getTypeParser(id, format),
};

/** The connections under {@link db}, for what Prisma cannot say. */
export function pool(): Pool {
  // `$disconnect` ends it. Whoever still has something to ask afterwards gets another.
  if (held.pool?.ending) Object.assign(held, { prisma: undefined, pool: undefined });
  held.pool ??= createPool();
  return held.pool;
}

const held: typeof globalThis & {
  prisma?: PrismaClient;
  pool?: Pool;
  /** Whether connections lead to one server process each: see {@link statementName}. */
  isDirect?: boolean;
} = globalThis;

/** Statements whose plans a connection keeps. Ours are fewer; lists of other lengths make more. */
const MOST_NAMES = 300;
const names = new Map<string, string>();

/**
 * The name that lets PostgreSQL keep a statement's plan, since planning takes longer than running most
 * of ours. Empty, which means none, where that could fail: behind a pooler that gives each transaction
 * another connection, to which the name means nothing.
 */
function statementName(text: string): string {
  if (!held.isDirect) return '';
  const known = names.get(text) ?? '';
  if (known || names.size === MOST_NAMES) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}

/**
 * Whether a connection leads to one server process, and to no other later. PostgreSQL tells every
 * client its process ID; a pooler, which has many, tells it a number of its own.
 */
export async function isDirectConnection(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return 'processID' in client && client.processID === rows[0]?.pid;
}

/** Whether an address says that it is a pooler's, with the parameter that Prisma knows. */
export function saysPooler(url: string): boolean {
  return new URL(url).searchParams.get('pgbouncer') === 'true';
}

/**
 * Every wait has an end. A connection that went silent (a firewall dropped it, a failover moved the
 * database) is given up after the query timeout and replaced, so the app recovers by itself within
 * ten seconds.
 */
function createPool(): Pool {
  const { DATABASE_URL, DATABASE_POOL } = env();
  const isPooler = saysPooler(DATABASE_URL);
  held.isDirect = isPooler ? false : undefined;
  const pool = new Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL,
    // For a free connection as well as for a new one.
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    // The server cancels first, unless the connection is dead: then only we can give up. A pooler
    // refuses connections that ask for this: there it is set for the database's user.
    ...(!isPooler && { statement_timeout: 4_000, idle_in_transaction_session_timeout: 10_000 }),
    query_timeout: 5_000,
    onConnect: async (client) => {
      // One connection through a pooler is enough to name no statement any more.
      if (held.isDirect !== false) held.isDirect = await isDirectConnection(client);
    },
  });
  // An idle connection that breaks is dropped by the pool. Without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/**
 * Whether an error means that the database cannot work just now: it is down, restarting, failing over,
 * unreachable, or out of connections, memory or disk space. Trying again later can help.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let each = error, depth = 0; isObject(each) && depth < 6; depth++) {
    // Prisma puts PostgreSQL's own code into `originalCode` where it has a name for the error.
    if ([each.code, each.originalCode].some(isOutage)) return true;
    if (typeof each.message === 'string' && MESSAGES.test(each.message)) return true;
    const { cause, meta } = each;
    each = isObject(meta) && meta.driverAdapterError ? meta.driverAdapterError : cause;
  }
  return false;
}

/** Whether a raw statement would have written a row whose owner is gone: PostgreSQL's 23503. */
export function isForeignKeyViolation(error: unknown): boolean {
  return isObject(error) && error.code === '23503';
}

function isOutage(code: unknown): boolean {
  return typeof code === 'string' && (CODES.has(code) || OUTAGES.test(code));
}

/** Prisma's (P…) and the operating system's (E…). */
const CODES = new Set([
  'P1001', // cannot be reached
  'P1002', // reached, but timed out
  'P1008', // operation timed out
  'P1017', // connection closed by the server
  'P2024', // no free connection in time
  'P2028', // no transaction could be started or kept
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's own: no connection (08…), a standby that takes no writes (25006), a transaction that took too
 * long (25P03, 25P04) or has to be tried again (40…), nothing left of a resource (53…), a lock not got in time
 * (55P03), stopped or stopping (57…), its disk fails (58…).
 */
const OUTAGES = /^(08|40|53|57|58)[0-9A-Z]{3}$|^(25006|25P03|25P04|55P03)$/;

/** What Prisma, `pg` and its pool say in errors that carry no code of their own. */
const MESSAGES =
  /Can't reach database server|timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error/;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
