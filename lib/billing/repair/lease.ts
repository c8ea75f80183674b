import { db } from '../../db';

/** Milliseconds. A process that dies while holding a lease stops renewing it, and soon loses it. */
const LIFETIME = 15_000;
const RENEWAL = 4_000;

/**
 * Runs work that only one process may run at a time. It holds no lock and keeps no connection, which
 * connection poolers would take away: a row says until when it is taken, by the database's clock.
 *
 * @param name of the work
 * @returns what the work returned, or null when another process is running it
 */
export async function withLease<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const [taken] = await db().$queryRaw<Row[]>`
    INSERT INTO "ReconcileProgress" (mode, "updatedAt") VALUES (${name}, CURRENT_TIMESTAMP)
    ON CONFLICT (mode) DO UPDATE SET "updatedAt" = EXCLUDED."updatedAt"
    WHERE "ReconcileProgress"."updatedAt" < EXCLUDED."updatedAt" - ${LIFETIME} * interval '1 ms'
    RETURNING "updatedAt"`;
  if (!taken) return null;
  let held = Promise.resolve(taken.updatedAt);
  const renewal = setInterval(() => {
    // When the database does not answer once, the next renewal will do.
    held = held.then((since) => renew(name, since).catch(() => since));
  }, RENEWAL);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await db().reconcileProgress.deleteMany({ where: { mode: name, updatedAt: await held } });
  }
}

type Row = { updatedAt: Date };

async function renew(name: string, since: Date): Promise<Date> {
  const [row] = await db().$queryRaw<Row[]>`
    UPDATE "ReconcileProgress" SET "updatedAt" = CURRENT_TIMESTAMP
    WHERE mode = ${name} AND "updatedAt" = ${since}
    RETURNING "updatedAt"`;
  return row?.updatedAt ?? since;
}
