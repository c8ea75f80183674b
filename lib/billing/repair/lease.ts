import { db } from '../../db';

/** Milliseconds. Whoever dies with a lease in hand stops renewing it, and loses it soon. */
const LIFE = 15_000;
const RENEWAL = 4_000;

/**
 * Does something that one process is to do at a time. No lock is held and no connection kept, which
 * poolers would take away: a row says who does it, and until when, by the database's clock.
 *
 * @param name of what is done
 * @returns what it returned, or null when somebody else is doing it
 */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const [taken] = await db().$queryRaw<Row[]>`
    INSERT INTO "ReconcileProgress" (mode, "updatedAt") VALUES (${name}, CURRENT_TIMESTAMP)
    ON CONFLICT (mode) DO UPDATE SET "updatedAt" = EXCLUDED."updatedAt"
    WHERE "ReconcileProgress"."updatedAt" < EXCLUDED."updatedAt" - ${LIFE} * interval '1 ms'
    RETURNING "updatedAt"`;
  if (!taken) return null;
  let held = Promise.resolve(taken.updatedAt);
  const renewal = setInterval(() => {
    // When the database cannot be asked once, the next time will do.
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
