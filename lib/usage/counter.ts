import { db } from '../db';
import type { UsageWindow } from './usage-window';

/** Whose use of what. */
export type CounterKey = { userId: string; name: string };

/**
 * Counts a use while it fits, in one atomic statement. Counting starts again only in a window that
 * begins when the counted one has ended, so a new plan in the middle of a period keeps the count.
 *
 * @param window the one that it is now; null counts for good
 * @returns how many are used now, or null when it did not fit and nothing was counted
 */
export async function addUse(
  { userId, name }: CounterKey,
  { n, limit, window }: { n: number; limit: number; window: UsageWindow | null },
): Promise<number | null> {
  const start = window?.start.toISOString() ?? null;
  const end = window?.end.toISOString() ?? null;
  const [counted] = await db().$queryRaw<{ used: number }[]>`
    INSERT INTO "UsageCounter" AS counter ("userId", name, used, "periodEnd")
    SELECT ${userId}, ${name}, ${n}::int, ${end}::timestamptz WHERE ${n}::int <= ${limit}::int
    ON CONFLICT ("userId", name) DO UPDATE SET
      used = ${n}::int
        + CASE WHEN counter."periodEnd" <= ${start}::timestamptz THEN 0 ELSE counter.used END,
      "periodEnd" = CASE WHEN counter."periodEnd" <= ${start}::timestamptz
        THEN EXCLUDED."periodEnd" ELSE counter."periodEnd" END
    WHERE ${n}::int
      + CASE WHEN counter."periodEnd" <= ${start}::timestamptz THEN 0 ELSE counter.used END
      <= ${limit}::int
    RETURNING used`;
  return counted?.used ?? null;
}

/** Gives back what was counted, as far as it was. */
export async function takeBackUse({ userId, name }: CounterKey, n: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "UsageCounter" SET used = GREATEST(used - ${n}::int, 0)
    WHERE "userId" = ${userId} AND name = ${name}`;
}
