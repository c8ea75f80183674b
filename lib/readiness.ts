import { setTimeout as sleep } from 'node:timers/promises';
import { db } from './db';
import { env } from './env';
import { log, reasonOf } from './log';
import { isStopping } from './request/shutdown';

const MILLISECONDS = 1_000;

type Unready = 'stopping' | 'environment' | 'database' | 'migrations';

/**
 * Whether this instance can serve: it is not about to end, its environment is complete, the database answers within a second,
 * and the migrations it was built for are applied.
 *
 * @returns a word for what is wrong, which says nothing to strangers; null when it is ready
 */
export async function readiness(): Promise<Unready | null> {
  if (isStopping()) return 'stopping';
  try {
    env();
  } catch {
    return 'environment';
  }
  const found = await Promise.race([unfinishedMigrations(), sleep(MILLISECONDS, 'late' as const)]);
  if (found === 'late' || found === 'unreachable') return 'database';
  return found > 0 ? 'migrations' : null;
}

/** Of the migrations in `prisma/migrations`; the build writes their names into the environment. */
async function unfinishedMigrations(): Promise<number | 'unreachable'> {
  const wanted = (process.env.MIGRATIONS ?? '').split(',').filter(Boolean);
  try {
    const [row] = await db().$queryRaw<{ applied: bigint }[]>`
      SELECT count(DISTINCT migration_name) AS applied FROM "_prisma_migrations"
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL AND migration_name = ANY(${wanted})`;
    return wanted.length - Number(row?.applied ?? 0);
  } catch (error) {
    log.warn('database not ready', { reason: reasonOf(error) });
    return 'unreachable';
  }
}
