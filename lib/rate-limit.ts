import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { afterResponse } from './after-response';
import { db, pool } from './db';
import { Prisma } from './generated/prisma/client';
import { log } from './log';
import { requestContext } from './request/context';

/** What is limited. Counts are found by these names. */
const names = [
  'api-key',
  'click',
  'code',
  'download',
  'invitation',
  'invitation-inbox',
  'link-all',
  'link-caller',
  'link-caller-inbox',
  'link-inbox',
  'link-known',
  'return',
] as const;

/** So many in so many seconds, for each key. Counted in PostgreSQL, so for all instances together. */
export type Limit = { name: (typeof names)[number]; points: number; seconds: number };

/** Somebody did something too often. */
export class TooManyError extends Error {
  override name = 'TooManyError';
  /** @param retryAfter in seconds: when it can be tried again */
  constructor(
    readonly limit: string,
    readonly retryAfter: number,
  ) {
    super(`The limit "${limit}" is reached`);
  }
}

/**
 * Counts one use of a limit, in one atomic statement.
 *
 * @param key whose use it is; null for everybody's together
 * @throws TooManyError when there were too many already
 */
export async function countAgainst(limit: Limit, key: string | null): Promise<void> {
  try {
    await limiterOf(limit).consume(key ?? 'all');
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    noteRefusal(limit.name);
    throw new TooManyError(limit.name, Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
  }
}

/**
 * SQL: the same count as a part of another statement, which saves one. Returns `points`, this use
 * included; with more than the limit's, the caller has to refuse.
 *
 * @param owner SQL of one row for each, or none, with the `id` of whose use it is
 */
export function countingSql({ name, seconds }: Limit, owner: Prisma.Sql, uses = 1): Prisma.Sql {
  const now = Date.now();
  return Prisma.sql`
    INSERT INTO rate_limit AS counted (key, points, expire)
    SELECT ${name} || ':' || id, ${uses}::int, ${now + seconds * 1000}::bigint FROM (${owner}) AS owner
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN counted.expire > ${now}::bigint THEN counted.points ELSE 0 END + EXCLUDED.points,
      expire = CASE WHEN counted.expire > ${now}::bigint THEN counted.expire ELSE EXCLUDED.expire END
    RETURNING points`;
}

/** The counts of somebody, by what their keys are: the user's id, or the address. */
export async function usesOf(owners: readonly string[]) {
  return db().rateLimit.findMany({ where: keysOf(owners) });
}

/** Removes those counts. */
export async function forgetUses(owners: readonly string[]): Promise<void> {
  await db().rateLimit.deleteMany({ where: keysOf(owners) });
}

function keysOf(owners: readonly string[]) {
  return { key: { in: owners.flatMap((owner) => names.map((name) => `${name}:${owner}`)) } };
}

const REFUSED = 'refused';

/** Counts for the operator that a limit refused somebody: {@link refusals}. */
export function noteRefusal(name: Limit['name']): void {
  log.warn('limit reached', { limit: name });
  afterResponse(async () => {
    try {
      await limiterOf({ name: REFUSED, points: 1, seconds: 24 * 60 * 60 }).penalty(name, 1);
    } catch (error) {
      log.error('refusal not counted', error);
    }
  });
}

/** How often each limit refused somebody in the day that began with the first of them. */
export async function refusals(): Promise<Record<string, number>> {
  const rows = await db().rateLimit.findMany({
    where: { key: { in: names.map((name) => `${REFUSED}:${name}`) }, expire: { gt: Date.now() } },
  });
  return Object.fromEntries(rows.map(({ key, points }) => [key.slice(REFUSED.length + 1), points]));
}

/** The address of whoever sent the request, as a key to count by. */
export function caller(): string {
  return requestContext()?.address ?? 'unknown';
}

function limiterOf({
  name,
  points,
  seconds,
}: Omit<Limit, 'name'> & { name: string }): RateLimiterPostgres {
  const known = limiters.get(name);
  if (known) return known;
  const limiter = new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'rate_limit',
    // By our migrations. Old rows are removed by the scheduled run.
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
  });
  limiters.set(name, limiter);
  return limiter;
}

const limiters = new Map<string, RateLimiterPostgres>();
