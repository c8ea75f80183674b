import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { env } from './env';
import { Prisma, PrismaClient } from './generated/prisma/client';

/**
 * The one Prisma client of this process, made at its first use so that `next build` needs no
 * database. Kept on globalThis because the development server evaluates modules anew at each edit.
 */
export function db(): PrismaClient {
  held.prisma ??= new PrismaClient({
    adapter: new PrismaPg(pool(), { disposeExternalPool: true }),
  });
  return held.prisma;
}

/** The connections under {@link db}, for what Prisma cannot say. */
export function pool(): Pool {
  held.pool ??= createPool();
  return held.pool;
}

const held: typeof globalThis & { prisma?: PrismaClient; pool?: Pool } = globalThis;

/**
 * Every wait has an end. A connection that went silent (a firewall dropped it, a failover moved the
 * database) is given up after the query timeout and replaced, so the app recovers by itself within
 * ten seconds.
 */
function createPool(): Pool {
  const { DATABASE_URL, DATABASE_POOL } = env();
  const pool = new Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL,
    // For a free connection as well as for a new one.
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    // The server cancels first, unless the connection is dead: then only we can give up.
    statement_timeout: 4_000,
    query_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
  });
  // An idle connection that breaks is dropped by the pool. Without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/**
 * Whether an error means that the database did not answer in time or at all: it is down, restarting,
 * failing over, out of connections, or unreachable. Trying again later can help.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let each = error, depth = 0; isObject(each) && depth < 6; depth++) {
    if (typeof each.code === 'string' && CODES.has(each.code)) return true;
    if (typeof each.message === 'string' && MESSAGES.test(each.message)) return true;
    const { cause, meta } = each;
    each = isObject(meta) && meta.driverAdapterError ? meta.driverAdapterError : cause;
  }
  return false;
}

/** Whether a raw statement would have written a row whose owner is gone: PostgreSQL's 23503. */
export function isForeignKeyViolation(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    error.code === 'P2010' &&
    error.message.includes('23503')
  );
}

/** Prisma's (P…), the operating system's (E…) and PostgreSQL's own. */
const CODES = new Set([
  'P1001', // cannot be reached
  'P1002', // reached, but timed out
  'P1008', // operation timed out
  'P1017', // connection closed by the server
  'P2024', // no free connection in time
  'P2028', // no transaction could be started or kept
  'P2037', // too many connections
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '53300', // too many connections
  '57014', // statement timeout
  '57P01', // shutting down
  '57P02', // crashed
  '57P03', // starting up
]);

/** What Prisma, `pg` and its pool say in errors that carry no code of their own. */
const MESSAGES =
  /Can't reach database server|timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error/;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
