import { expect, it } from 'vitest';
import { matchLocale } from './locale';

it.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-GB,en;q=0.9', 'en'],
  ['DE', 'de'],
  ['fr, en;q=0.5', 'en'],
  ['en;q=0.2, de;q=0.9', 'de'],
  ['de;q=0, en;q=0.1', 'en'],
  ['de;q=0', null],
  ['fr-CA', null],
  ['*', null],
  [';;;,,q=', null],
  [null, null],
])('matches %s to %s', (header, locale) => {
  expect(matchLocale(header)).toBe(locale);
});
