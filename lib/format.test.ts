import { expect, it } from 'vitest';
import { formatDate, formatMoney } from './format';

it.each([
  [1200, 'usd', '$12'],
  [1250, 'usd', '$12.50'],
  [-499, 'USD', '-$4.99'],
  [0, 'eur', '€0'],
  [1200, 'jpy', '¥1,200'],
  [1234, 'bhd', 'BHD 1.234'],
])('writes %i in the smallest unit of %s as %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency).replace(/\s/g, ' ')).toBe(text);
});

it('writes a day in UTC, wherever the server stands', () => {
  expect(formatDate(new Date('2026-11-21T23:59:59Z'))).toBe('November 21, 2026');
});
