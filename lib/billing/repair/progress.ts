import { z } from 'zod';
import { db } from '../../db';
import { isLivemode } from '../stripe';

/** Milliseconds: a walk that was stopped longer ago is begun anew. */
const WALK_KEPT = 24 * 60 * 60 * 1_000;

/** A walk over every customer that was stopped half-way. */
export type Walk = z.infer<typeof walk>;

const walk = z.object({
  fix: z.boolean(),
  /** ISO 8601: when it began, by our clock. */
  startedAt: z.iso.datetime(),
  /** ISO 8601: Stripe's time of the newest event when it began; null when there was none. */
  newestEvent: z.iso.datetime().nullable(),
  /** The last customer it has done, in the order of their ids. */
  after: z.string(),
  checked: z.int(),
  found: z.array(
    z.object({
      customer: z.string(),
      differences: z.array(
        z.object({
          object: z.string(),
          field: z.string().nullable(),
          ours: z.unknown(),
          stripes: z.unknown(),
        }),
      ),
      fixed: z.boolean(),
    }),
  ),
  failed: z.array(z.object({ customer: z.string(), error: z.string() })),
});

/** Stripe's time of the newest event up to which none is missing; null before the first run. */
export async function readUntil(): Promise<Date | null> {
  return (await read())?.until ?? null;
}

/**
 * Says that none is missing any more up to a time, unless that would skip over a gap.
 *
 * @param to Stripe's time, but never past our own: events of a test clock are dated in its future
 * @param since from when on they were looked for, when that is not from where the last run had come
 */
export async function moveOn(to: Date, since: Date | undefined): Promise<void> {
  const until = await readUntil();
  const reached = new Date(Math.min(to.getTime(), Date.now()));
  const leavesGap = since && (!until || since > until);
  if (!leavesGap && (!until || reached > until)) await save({ until: reached });
}

/**
 * The walk that was stopped, or null when there is none to go on with.
 *
 * @param fix of the run that asks: one that repairs does not go on where one only looked
 */
export async function readWalk(fix: boolean): Promise<Walk | null> {
  const text = (await read())?.walk;
  const found = text ? walk.safeParse(JSON.parse(text)).data : undefined;
  if (found?.fix !== fix) return null;
  return Date.now() - Date.parse(found.startedAt) < WALK_KEPT ? found : null;
}

/** @param progress null when it is over */
export async function saveWalk(progress: Walk | null): Promise<void> {
  await save({ walk: progress && JSON.stringify(progress) });
}

function read() {
  return db().reconcileProgress.findUnique({ where: { mode: mode() } });
}

async function save(columns: { until: Date } | { walk: string | null }): Promise<void> {
  await db().reconcileProgress.upsert({
    where: { mode: mode() },
    create: { mode: mode(), ...columns },
    update: columns,
  });
}

function mode(): string {
  return isLivemode() ? 'live' : 'test';
}
