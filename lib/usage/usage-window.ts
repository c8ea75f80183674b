import type { Access } from '../access';
import { type Limit, limits } from '../billing/plans';

/** The time for which something is counted, before counting starts again. */
export type UsageWindow = { start: Date; end: Date };

/** No month is longer, and a longer billing period is divided into months. */
const LONGEST_MONTH = 31 * 24 * 60 * 60 * 1000;

/**
 * The window that a use counts in. A monthly subscription's is its billing period, as Stripe has it; a
 * longer billing period is divided into months from its start; without one, months are counted since
 * the account was created.
 *
 * @returns null for what is counted forever
 */
export function usageWindow(
  limit: Limit,
  { period, since }: Pick<Access, 'period' | 'since'>,
  now: Date,
): UsageWindow | null {
  if (limits[limit].per === null) return null;
  if (!period) return monthAround(now, since);
  const length = period.end.getTime() - period.start.getTime();
  return length <= LONGEST_MONTH ? period : monthAround(now, period.start);
}

/** The month around a time, of those that begin on the anchor's day; the first for a time before. */
function monthAround(time: Date, anchor: Date): UsageWindow {
  const years = time.getUTCFullYear() - anchor.getUTCFullYear();
  let index = Math.max(0, years * 12 + time.getUTCMonth() - anchor.getUTCMonth());
  if (index > 0 && addMonths(anchor, index) > time) index -= 1;
  return { start: addMonths(anchor, index), end: addMonths(anchor, index + 1) };
}

/** The same day and time in a later month, or its last day where it has no such day. */
function addMonths(date: Date, months: number): Date {
  const later = new Date(date);
  later.setUTCMonth(date.getUTCMonth() + months);
  // A day that the month does not have became one of the next.
  if (later.getUTCDate() !== date.getUTCDate()) later.setUTCDate(0);
  return later;
}
