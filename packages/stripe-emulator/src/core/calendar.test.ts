import { describe, expect, test } from 'vitest';
import { addIntervals, boundary, nextAnchor, periodAt } from './calendar';

const at = (iso: string) => Date.parse(iso) / 1000;
const monthly = { interval: 'month', interval_count: 1 };

describe('billing periods', () => {
  test('an anchor on the 31st bills on the last day of short months and does not drift', () => {
    const anchor = at('2027-01-31T10:20:30Z');
    const days = [1, 2, 3, 4, 12].map((n) => new Date(boundary(anchor, monthly, n) * 1000));
    expect(days.map((day) => day.toISOString())).toEqual([
      '2027-02-28T10:20:30.000Z',
      '2027-03-31T10:20:30.000Z',
      '2027-04-30T10:20:30.000Z',
      '2027-05-31T10:20:30.000Z',
      '2028-01-31T10:20:30.000Z',
    ]);
  });

  test('a yearly anchor on 29 February bills on the 28th in common years', () => {
    const anchor = at('2028-02-29T00:00:00Z');
    const yearly = { interval: 'year', interval_count: 1 };
    expect(boundary(anchor, yearly, 1)).toBe(at('2029-02-28T00:00:00Z'));
    expect(boundary(anchor, yearly, 4)).toBe(at('2032-02-29T00:00:00Z'));
  });

  test('weeks and days are counted to the second', () => {
    const anchor = at('2027-03-27T23:59:59Z');
    expect(boundary(anchor, { interval: 'week', interval_count: 2 }, 3)).toBe(
      anchor + 6 * 7 * 86_400,
    );
    expect(boundary(anchor, { interval: 'day', interval_count: 10 }, 1)).toBe(anchor + 864_000);
  });

  test('the period of a moment contains it, at boundaries and before the anchor too', () => {
    const anchor = at('2027-01-31T10:00:00Z');
    for (let n = -30; n < 60; n += 1) {
      const start = boundary(anchor, monthly, n);
      const end = boundary(anchor, monthly, n + 1);
      expect(periodAt(anchor, monthly, start)).toEqual({ start, end });
      expect(periodAt(anchor, monthly, end - 1)).toEqual({ start, end });
    }
  });

  test('quarters start three months apart', () => {
    const anchor = at('2026-11-30T00:00:00Z');
    const quarterly = { interval: 'month', interval_count: 3 };
    expect(periodAt(anchor, quarterly, at('2027-03-15T00:00:00Z'))).toEqual({
      start: at('2027-02-28T00:00:00Z'),
      end: at('2027-05-30T00:00:00Z'),
    });
  });

  test('months added before 1970 keep the time of day', () => {
    expect(addIntervals(at('1969-12-31T13:00:00Z'), 'month', -1)).toBe(at('1969-11-30T13:00:00Z'));
  });
});

describe('anchor patterns', () => {
  test('the first of the month is the next one', () => {
    const now = at('2027-01-15T08:00:00Z');
    expect(nextAnchor({ day_of_month: 1 }, now)).toBe(at('2027-02-01T08:00:00Z'));
  });

  test('the 31st is the last day where there is none, and hours can be fixed', () => {
    const now = at('2027-02-15T08:00:00Z');
    const pattern = { day_of_month: 31, hour: 0, minute: 0, second: 0 };
    expect(nextAnchor(pattern, now)).toBe(at('2027-02-28T00:00:00Z'));
  });

  test('a month in the pattern waits for it', () => {
    const now = at('2027-05-15T08:00:00Z');
    expect(nextAnchor({ day_of_month: 1, month: 4 }, now)).toBe(at('2028-04-01T08:00:00Z'));
  });
});
