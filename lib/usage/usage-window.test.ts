import { expect, it } from 'vitest';
import { usageWindow } from './usage-window';

const since = new Date('2026-01-31T10:00:00Z');

it.each([
  ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
  ['2026-02-28T09:59:59Z', '2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
  ['2026-02-28T10:00:00Z', '2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
  ['2027-12-31T23:00:00Z', '2027-12-31T10:00:00.000Z', '2028-01-31T10:00:00.000Z'],
  ['2028-02-29T10:00:00Z', '2028-02-29T10:00:00.000Z', '2028-03-31T10:00:00.000Z'],
])(
  'without a subscription, %s is in a month counted since the account was created',
  (now, start, end) => {
    const window = usageWindow('exports', { period: null, since }, new Date(now));
    expect(window).toEqual({ start: new Date(start), end: new Date(end) });
  },
);

it('the period of a monthly subscription is the window, whatever our clock says', () => {
  const period = {
    start: new Date('2030-03-28T00:00:00Z'),
    end: new Date('2030-04-28T00:00:00Z'),
  };
  expect(usageWindow('exports', { period, since }, since)).toEqual(period);
});

it('a yearly period is divided into months', () => {
  const period = {
    start: new Date('2026-05-15T00:00:00Z'),
    end: new Date('2027-05-15T00:00:00Z'),
  };
  const window = usageWindow('exports', { period, since }, new Date('2027-01-20T00:00:00Z'));
  expect(window).toEqual({
    start: new Date('2027-01-15T00:00:00Z'),
    end: new Date('2027-02-15T00:00:00Z'),
  });
});

it('a yearly period that is mirrored before our clock reaches it begins with its first month', () => {
  const period = {
    start: new Date('2027-05-15T00:00:00Z'),
    end: new Date('2028-05-15T00:00:00Z'),
  };
  expect(usageWindow('exports', { period, since }, since)).toEqual({
    start: period.start,
    end: new Date('2027-06-15T00:00:00Z'),
  });
});

it('what is counted as it exists has no window', () => {
  expect(usageWindow('projects', { period: null, since }, since)).toBeNull();
});
