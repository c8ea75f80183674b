import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from './db';
import { requestContext } from './request/context';

/** So many in so many seconds, for each key. Counted in PostgreSQL, so for all instances together. */
export type Limit = { name: string; points: number; seconds: number };

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
    throw new TooManyError(limit.name, Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
  }
}

/** The address of whoever sent the request, as a key to count by. */
export function caller(): string {
  return requestContext()?.address ?? 'unknown';
}

function limiterOf({ name, points, seconds }: Limit): RateLimiterPostgres {
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
