/** How often a price is billed: every `interval_count` intervals, as on Stripe's `price.recurring`. */
export interface Recurrence {
  interval: string;
  interval_count: number;
}

/** A half-open stretch of time, Unix seconds: `start` belongs to it, `end` to the next one. */
export interface Period {
  start: number;
  end: number;
}

/** A wall-clock pattern to anchor billing to, as on Stripe's `billing_cycle_anchor_config`; UTC. */
export interface AnchorPattern {
  day_of_month: number;
  month?: number | null;
  hour?: number | null;
  minute?: number | null;
  second?: number | null;
}

const DAY = 86_400;

/**
 * The period that contains a moment, counted from the billing anchor.
 *
 * Boundaries are always computed from the anchor itself, never from the previous boundary, so an
 * anchor on the 31st bills on 28 February and again on 31 March.
 */
export function periodAt(anchor: number, recurrence: Recurrence, time: number): Period {
  let n = estimatePeriods(anchor, recurrence, time);
  while (boundary(anchor, recurrence, n) > time) n -= 1;
  while (boundary(anchor, recurrence, n + 1) <= time) n += 1;
  return { start: boundary(anchor, recurrence, n), end: boundary(anchor, recurrence, n + 1) };
}

/** The `n`th boundary after the anchor (before it when `n` is negative), Unix seconds. */
export function boundary(anchor: number, recurrence: Recurrence, n: number): number {
  return addIntervals(anchor, recurrence.interval, recurrence.interval_count * n);
}

/**
 * A moment moved by whole days, weeks, months or years, keeping the time of day in UTC. A day that
 * the target month does not have becomes that month's last day.
 */
export function addIntervals(time: number, interval: string, count: number): number {
  if (interval === 'day') return time + count * DAY;
  if (interval === 'week') return time + count * 7 * DAY;
  return addMonths(time, interval === 'year' ? count * 12 : count);
}

/** The first moment after `after` that fits the pattern, Unix seconds. */
export function nextAnchor(pattern: AnchorPattern, after: number): number {
  const from = new Date(after * 1000);
  const start = from.getUTCFullYear() * 12 + from.getUTCMonth();
  for (let months = start; ; months += 1) {
    const year = Math.floor(months / 12);
    const month = months % 12;
    if (pattern.month && pattern.month - 1 !== month) continue;
    const day = Math.min(pattern.day_of_month, daysInMonth(year, month));
    const time = Date.UTC(
      year,
      month,
      day,
      pattern.hour ?? from.getUTCHours(),
      pattern.minute ?? from.getUTCMinutes(),
      pattern.second ?? from.getUTCSeconds(),
    );
    if (time / 1000 > after) return time / 1000;
  }
}

function addMonths(time: number, count: number): number {
  const from = new Date(time * 1000);
  const months = from.getUTCFullYear() * 12 + from.getUTCMonth() + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const day = Math.min(from.getUTCDate(), daysInMonth(year, month));
  return Date.UTC(year, month, day) / 1000 + (((time % DAY) + DAY) % DAY);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function estimatePeriods(anchor: number, recurrence: Recurrence, time: number): number {
  const days = { day: 1, week: 7, month: 30.4375, year: 365.25 }[recurrence.interval] ?? 30.4375;
  return Math.floor((time - anchor) / (days * DAY * recurrence.interval_count));
}
