import { expect, it } from 'vitest';
import { locales, matchLocale } from './locale';

it('knows the forty-six languages of Stripe, besides its automatic choice', () => {
  expect(new Set(locales).size).toBe(46);
});

it.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-GB,en;q=0.9', 'en-GB'],
  ['en-US,en;q=0.9', 'en'],
  ['pt-BR', 'pt-BR'],
  ['pt-PT', 'pt'],
  ['no', 'nb'],
  ['nn-NO, en;q=0.5', 'nb'],
  ['zh-Hant-TW', 'zh-TW'],
  ['zh-CN', 'zh'],
  ['es-419', 'es-419'],
  ['fr;q=0.2, it;q=0.9', 'it'],
  ['ar, fr;q=0.5', 'fr'],
  ['de;q=0, sv', 'sv'],
  ['ar', null],
  ['*', null],
  [';;;,,q=', null],
  [null, null],
])('matches %s to %s', (header, locale) => {
  expect(matchLocale(header)).toBe(locale);
});
