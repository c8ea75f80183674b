import { advanceClock } from '../core/advance-clock';
import { addIntervals } from '../core/calendar';
import type { Core } from '../core/core';
import { invalidRequest } from '../core/errors';
import { exclusive, integer, object, timestamp } from '../core/params';
import { readBody } from './body';
import type { ClockState, Span } from './types';

const whole = () => integer({ min: 0, max: 1_000_000_000 });

const span = {
  years: whole(),
  months: whole(),
  weeks: whole(),
  days: whole(),
  hours: whole(),
  minutes: whole(),
  seconds: whole(),
};

const fields = { ...span, advance: object(span), to: timestamp() };

export function clockState(core: Core): ClockState {
  const now = core.clock.now();
  return { now, iso: new Date(now * 1000).toISOString(), offset: core.clock.offset };
}

/** Moves the emulator's clock and does all that falls due on the way. */
export async function moveClock(core: Core, body: unknown): Promise<ClockState> {
  await advanceClock(core, target(core, body));
  return clockState(core);
}

/** The time to go to, in Unix seconds. */
function target(core: Core, body: unknown): number {
  const { advance, to, ...bare } = readBody(body, fields);
  const isBare = Object.keys(bare).length > 0;
  if (advance && isBare) {
    throw invalidRequest('Give the time to advance inside `advance` or without it, not both.');
  }
  const span = isBare ? bare : advance;
  exclusive({ advance: span, to }, 'advance', 'to');
  const now = core.clock.now();
  if (span) return withinCalendar(after(now, span), 'advance');
  if (to === undefined) {
    throw invalidRequest('Say how far to advance, or the time to go to.', 'advance');
  }
  if (to < now) throw invalidRequest('The clock only goes forward.', 'to');
  return withinCalendar(to, 'to');
}

function after(now: number, { years = 0, months = 0, ...span }: Span): number {
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = span;
  return (
    addIntervals(now, 'month', years * 12 + months) +
    (weeks * 7 + days) * 86_400 +
    hours * 3_600 +
    minutes * 60 +
    seconds
  );
}

/** A time too far away for a date is not a number at all. */
function withinCalendar(time: number, param: string): number {
  if (time <= LATEST) return time;
  throw invalidRequest('That is further than the calendar goes.', param);
}

/** The end of the year 9999, where dates stop being written in four digits. */
const LATEST = 253_402_300_799;
