import { z } from 'zod';
import { db } from '../../db';
import { mode } from '../stripe';
import { drift } from './drift';

/**
 * Milliseconds: a scan that began longer ago starts over. Long enough for a scheduled run, which does a
 * part at each call; short enough that Stripe still lists what happened since it began.
 */
const SCAN_LIFETIME = 14 * 24 * 60 * 60 * 1_000;

/** The state of a scan over every customer, for continuing it after an interruption. */
export type Scan = z.infer<typeof scan>;

const scan = z.object({
  fix: z.boolean(),
  /** ISO 8601: when it began, by our clock. */
  startedAt: z.iso.datetime(),
  /** ISO 8601: Stripe's time of the newest event when it began; null when there was none. */
  newestEvent: z.iso.datetime().nullable(),
  /** The last customer that was checked. They are checked in the order of their ids. */
  after: z.string(),
  checked: z.int(),
  found: z.array(
    z.object({
      customer: z.string(),
      differences: z.array(drift),
      fixed: z.boolean(),
    }),
  ),
  failed: z.array(z.object({ customer: z.string(), error: z.string() })),
});

/** No event created at Stripe up to this time is missing; null before the first run. */
export async function readUntil(): Promise<Date | null> {
  return (await read())?.until ?? null;
}

/**
 * Notes that no event is missing any more up to a time, unless that would skip a gap.
 *
 * @param to Stripe's time. Capped at ours: events of a test clock may be dated in the future
 * @param since where the search began, if that was not where the last run had ended
 */
export async function advanceUntil(to: Date, since: Date | undefined): Promise<void> {
  const until = await readUntil();
  const reached = new Date(Math.min(to.getTime(), Date.now()));
  const leavesGap = since && (!until || since > until);
  if (!leavesGap && (!until || reached > until)) await save({ until: reached });
}

/**
 * The interrupted scan, or null when there is none to continue.
 *
 * @param fix of the run that asks: a run that repairs does not continue one that only looked
 */
export async function readScan(fix: boolean): Promise<Scan | null> {
  const text = (await read())?.walk;
  const found = text ? scan.safeParse(JSON.parse(text)).data : undefined;
  if (found?.fix !== fix) return null;
  return Date.now() - Date.parse(found.startedAt) < SCAN_LIFETIME ? found : null;
}

/** @param progress null when the scan is complete */
export async function saveScan(progress: Scan | null): Promise<void> {
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
