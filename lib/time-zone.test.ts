import { expect, it } from 'vitest';
import { findTimeZone } from './time-zone';

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/BERLIN', 'Europe/Berlin'],
  ['Etc/UTC', 'UTC'],
  ['+01:00', null],
  ['Mars/Olympus', null],
  ['', null],
  [undefined, null],
])('%s is the time zone %s', (name, found) => {
  expect(findTimeZone(name)).toBe(found);
});
