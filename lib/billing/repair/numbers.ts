import { z } from 'zod';
import { db } from '../../db';
import { refusals } from '../../rate-limit';
import { isLivemode, mode } from '../stripe';

/** What is worth an alert: docs/operations.md says when, and what to do. Times are in seconds. */
export type Numbers = {
  webhooks: {
    /** The longest from an event at Stripe to its effect here, of the last hour; null without any. */
    lagSeconds: number | null;
    /** Recorded over a minute ago, and still without effect. */
    waiting: number;
    /** Could not be processed, and will be tried again. */
    failed: number;
  };
  /** The last scheduled run; null before the first. */
  reconcile: (Run & { ageSeconds: number }) | null;
  /** Changes and e-mails that could not be delivered yet; e-mails given up in the last week. */
  changes: { failing: number };
  mail: { failing: number; givenUp: number };
  /** How often each limit refused somebody, today. */
  refused: Record<string, number>;
};

/** What a scheduled run did, in numbers. */
export type Run = z.infer<typeof run>;

const run = z.object({
  /** ISO 8601: when it ended. */
  at: z.iso.datetime(),
  /** How often a customer was compared with Stripe. */
  checked: z.int(),
  /** Events whose effect was not in our database. */
  missedEvents: z.int(),
  repaired: z.int(),
  failed: z.int(),
  strangers: z.int(),
  /** Rows that had been kept long enough: lib/retention. */
  removed: z.int(),
  /** False when time ran out before the work was done. */
  complete: z.boolean(),
  /** ISO 8601: the last complete run, if it was over thirty days ago, so that every customer was checked. */
  gapSince: z.iso.datetime().nullable(),
});

/** Keeps what a scheduled run did for {@link billingNumbers}. */
export async function keepRun(lastRun: Run): Promise<void> {
  await db().reconcileProgress.upsert({
    where: { mode: mode() },
    create: { mode: mode(), lastRun },
    update: { lastRun },
  });
}

/** Reads the numbers, of the mode that is configured, in three SQL statements. */
export async function billingNumbers(): Promise<Numbers> {
  const livemode = isLivemode();
  const [[counted], progress, refused] = await Promise.all([
    db().$queryRaw<Counted[]>`
      SELECT
        (SELECT extract(epoch FROM max("processedAt" - "createdAt"))::float8 FROM "StripeEvent"
          WHERE livemode = ${livemode} AND "createdAt" > CURRENT_TIMESTAMP - interval '1 week'
            AND "processedAt" > CURRENT_TIMESTAMP - interval '1 hour') AS lag,
        (SELECT count(*)::int FROM "StripeEvent" WHERE livemode = ${livemode} AND status = 'received'
          AND "receivedAt" < CURRENT_TIMESTAMP - interval '1 minute') AS waiting,
        (SELECT count(*)::int FROM "StripeEvent"
          WHERE livemode = ${livemode} AND status = 'failed') AS failed,
        (SELECT count(*)::int FROM "MirrorChange"
          WHERE "deliveredAt" IS NULL AND "lastError" IS NOT NULL) AS changes,
        (SELECT count(*)::int FROM "Mail" WHERE "doneAt" IS NULL AND "lastError" IS NOT NULL) AS mail,
        (SELECT count(*)::int FROM "Mail" WHERE outcome = 'failed'
          AND "doneAt" > CURRENT_TIMESTAMP - interval '1 week') AS "givenUp"`,
    db().reconcileProgress.findUnique({ where: { mode: mode() } }),
    refusals(),
  ]);
  const { lag = null, waiting = 0, failed = 0, changes = 0, mail = 0, givenUp = 0 } = counted ?? {};
  const last = run.safeParse(progress?.lastRun).data;
  return {
    webhooks: { lagSeconds: lag && Math.max(0, Math.round(lag)), waiting, failed },
    reconcile: last
      ? { ...last, ageSeconds: Math.round((Date.now() - Date.parse(last.at)) / 1000) }
      : null,
    changes: { failing: changes },
    mail: { failing: mail, givenUp },
    refused,
  };
}

type Counted = { lag: number | null } & Record<
  'waiting' | 'failed' | 'changes' | 'mail' | 'givenUp',
  number
>;
