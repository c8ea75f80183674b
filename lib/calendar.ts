// Months begin at another moment in each time zone. What is computed with is UTC nevertheless.

/** What clocks show in a time zone, as if it were UTC. */
export function wallClock(date: Date, timeZone: string): Date {
  const clock =
    clocks.get(timeZone) ??
    // Sweden writes dates as ISO 8601 does.
    new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return new Date(`${clock.format(date).replace(' ', 'T')}Z`);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The month in which a moment is, as `2026-11`. */
export function monthIn(date: Date, timeZone: string): string {
  return wallClock(date, timeZone).toISOString().slice(0, 7);
}

export function yearIn(date: Date, timeZone: string): number {
  return wallClock(date, timeZone).getUTCFullYear();
}

/** When a month begins. @param month from 0; 12 is the next year's first, -1 the last of the year before */
export function startOfMonth(year: number, month: number, timeZone: string): Date {
  const asUtc = Date.UTC(year, month);
  const near = asUtc - offset(asUtc, timeZone);
  return new Date(asUtc - offset(near, timeZone));
}

function offset(time: number, timeZone: string): number {
  return wallClock(new Date(time), timeZone).getTime() - time;
}
