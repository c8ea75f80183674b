import { expect, test } from 'vitest';
import { currencyOfCountry } from './shown-currency';

test.each([
  ['DE', 'eur'],
  ['fr', 'eur'],
  ['US', undefined],
  ['CH', undefined],
  ['', undefined],
  [null, undefined],
])('people in %s pay in %s', (country, currency) => {
  expect(currencyOfCountry(country)).toBe(currency);
});
