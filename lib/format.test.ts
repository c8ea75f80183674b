import { describe, expect, it } from 'vitest';
import { formatsIn } from './format';

const english = formatsIn('en');
const german = formatsIn('de');

describe('money', () => {
  it.each([
    [1200, 'usd', '$12'],
    [1250, 'usd', '$12.50'],
    [-499, 'USD', '-$4.99'],
    [0, 'eur', '€0'],
    [1200, 'jpy', '¥1,200'],
    [1234, 'bhd', 'BHD 1.234'],
  ])('of %i in the smallest unit of %s is written %s', (amount, currency, text) => {
    expect(plain(english.money(amount, currency))).toBe(text);
  });

  it('follows the language', () => {
    expect(plain(german.money(123450, 'eur'))).toBe('1.234,50 €');
  });

  it('that is compared keeps its decimals', () => {
    expect(english.exactMoney(1200, 'usd')).toBe('$12.00');
    expect(english.exactMoney(1200, 'jpy')).toBe('¥1,200');
  });
});

it('writes dates in UTC and in the language, wherever the server stands', () => {
  const moment = new Date('2026-11-21T23:59:59Z');
  expect(english.day(moment)).toBe('November 21, 2026');
  expect(german.day(moment)).toBe('21. November 2026');
  expect(german.month(moment)).toBe('Nov. 2026');
  expect(plain(english.moment(moment))).toBe('Nov 21, 2026, 11:59 PM UTC');
});

it('writes dates as they are in a time zone', () => {
  const moment = new Date('2026-12-31T23:30:00Z');
  const berlin = formatsIn('en', 'Europe/Berlin');
  expect([berlin.day(moment), berlin.year(moment)]).toEqual(['January 1, 2027', '2027']);
  expect(plain(formatsIn('de', 'Europe/Berlin').moment(moment))).toBe('1. Jan. 2027, 00:30 MEZ');
  expect(plain(formatsIn('en', 'America/New_York').moment(moment))).toBe(
    'Dec 31, 2026, 6:30 PM EST',
  );
});

/** Formats separate with spaces of several kinds. */
function plain(text: string): string {
  return text.replace(/\s/g, ' ');
}
