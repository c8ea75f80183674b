import { z } from 'zod';
import { db } from '../../db';
import { isLivemode } from '../stripe';

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
});

/** Stripe's time of the newest event up to which none is missing; null before the first run. */
export async function readUntil(): Promise<Date | null> {
  return (await read())?.until ?? null;
}

export async function saveUntil(until: Date): Promise<void> {
  await save({ until });
}

/** The walk that was stopped, or null when there is none. */
export async function readWalk(): Promise<Walk | null> {
  const text = (await read())?.walk;
  return text ? (walk.safeParse(JSON.parse(text)).data ?? null) : null;
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
