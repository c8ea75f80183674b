const UNITS = { m: 60, h: 60 * 60, d: 24 * 60 * 60 } as const;

/**
 * A point in time as people type it: a date (2026-11-21), a time (2026-11-21T10:00:00Z), Unix
 * seconds, or how long ago (90m, 12h, 7d).
 *
 * @throws UsageError for anything else
 */
export function parseTime(text: string, now = new Date()): Date {
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago) {
    const unit = ago[2] === 'm' || ago[2] === 'h' ? ago[2] : 'd';
    return new Date(now.getTime() - Number(ago[1]) * UNITS[unit] * 1000);
  }
  const time = new Date(/^\d{9,10}$/.test(text) ? Number(text) * 1000 : text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UsageError(
    `"${text}" is not a time: give 2026-11-21, 2026-11-21T10:00:00Z, Unix seconds, or 7d for seven days ago.`,
  );
}

/** What was typed makes no sense; the message says what would. */
export class UsageError extends Error {
  override name = 'UsageError';
}
