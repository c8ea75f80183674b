import { db } from '../db';
import { Prisma } from '../generated/prisma/client';
import type { MailFacts } from '../mail/mail-kinds';
import { mailInsert } from '../mail/outbox';
import type { UsageWindow } from './usage-window';

/** Whose use of what. */
export type CounterKey = { userId: string; name: string };

/**
 * Counts a use while it fits, in one atomic statement. Counting starts again only in a window that
 * begins when the counted one has ended, so a new plan in the middle of a period keeps the count. The
 * use that reaches the limit also puts an e-mail in the outbox, once for each period and limit.
 *
 * @param use.window the current one; null counts forever
 * @param facts what the e-mail says
 * @returns how many are used now, or null when it did not fit and nothing was counted
 */
export async function addUse(
  { userId, name }: CounterKey,
  { n, limit, window }: { n: number; limit: number; window: UsageWindow | null },
  facts: MailFacts['limit_reached'],
): Promise<number | null> {
  const start = window?.start.toISOString() ?? null;
  const end = window?.end.toISOString() ?? null;
  const cause = Prisma.sql`(SELECT concat_ws(':', ${name}::text, ${limit}::text,
    (extract(epoch FROM "periodEnd") * 1000)::bigint) FROM counted)`;
  const reached = Prisma.sql`EXISTS (SELECT FROM counted WHERE used = ${limit}::int)`;
  const [counted] = await db().$queryRaw<{ used: number }[]>`
    WITH counted AS (
      INSERT INTO "UsageCounter" AS counter ("userId", name, used, "periodEnd", "lastUsedAt")
      SELECT ${userId}, ${name}, ${n}::int, ${end}::timestamptz, CURRENT_TIMESTAMP
      WHERE ${n}::int <= ${limit}::int
      ON CONFLICT ("userId", name) DO UPDATE SET
        used = ${n}::int
          + CASE WHEN counter."periodEnd" <= ${start}::timestamptz THEN 0 ELSE counter.used END,
        "periodEnd" = CASE WHEN counter."periodEnd" <= ${start}::timestamptz
          THEN EXCLUDED."periodEnd" ELSE counter."periodEnd" END,
        "lastUsedAt" = EXCLUDED."lastUsedAt"
      WHERE ${n}::int
        + CASE WHEN counter."periodEnd" <= ${start}::timestamptz THEN 0 ELSE counter.used END
        <= ${limit}::int
      RETURNING used, "periodEnd"
    ), mail AS (${mailInsert({ kind: 'limit_reached', cause, userId, facts }, reached)})
    SELECT used FROM counted`;
  return counted?.used ?? null;
}

/** Gives back what was counted, as far as it was. */
export async function takeBackUse({ userId, name }: CounterKey, n: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "UsageCounter" SET used = GREATEST(used - ${n}::int, 0), "lastUsedAt" = NULL
    WHERE "userId" = ${userId} AND name = ${name}`;
}
