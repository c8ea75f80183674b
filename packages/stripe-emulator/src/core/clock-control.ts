import { addIntervals } from './calendar';
import type { Core } from './core';
import { invalidRequest } from './errors';
import { exclusive, type FieldOutputs, integer, object, timestamp } from './params';

const whole = () => integer({ min: 0, max: 1_000_000_000 });

export const clockFields = {
  advance: object({
    years: whole(),
    months: whole(),
    weeks: whole(),
    days: whole(),
    hours: whole(),
    minutes: whole(),
    seconds: whole(),
  }),
  to: timestamp(),
};

/** The emulator's time, and how many seconds it is ahead of real time. */
export function clockNow(core: Core): { now: number; iso: string; offset: number } {
  const now = core.clock.now();
  return { now, iso: new Date(now * 1000).toISOString(), offset: core.clock.offset };
}

/** The time to go to, in Unix seconds; months and years are those of the calendar. */
export function clockTarget(core: Core, params: FieldOutputs<typeof clockFields>): number {
  exclusive(params, 'advance', 'to');
  const { advance, to } = params;
  const now = core.clock.now();
  if (to !== undefined) {
    if (to < now) throw invalidRequest('The clock only goes forward.', 'to');
    return withinCalendar(to, 'to');
  }
  if (!advance) throw invalidRequest('Say how far to advance, or the time to go to.', 'advance');
  const months = (advance.years ?? 0) * 12 + (advance.months ?? 0);
  const seconds =
    (advance.weeks ?? 0) * 604_800 +
    (advance.days ?? 0) * 86_400 +
    (advance.hours ?? 0) * 3_600 +
    (advance.minutes ?? 0) * 60 +
    (advance.seconds ?? 0);
  return withinCalendar(addIntervals(now, 'month', months) + seconds, 'advance');
}

/** A time too far away for a date is not a number at all. */
function withinCalendar(target: number, param: string): number {
  if (target <= LATEST) return target;
  throw invalidRequest('That is further than the calendar goes.', param);
}

/** The end of the year 9999, where dates stop being written in four digits. */
const LATEST = 253_402_300_799;
