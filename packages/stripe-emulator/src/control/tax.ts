import { z } from 'zod';
import type { Core } from '../core/core';
import { type CountryRates, changeCountryRates, countryRates } from '../engine/automatic-tax';
import { parseWith } from './parse-with';

const rates = z
  .record(z.string(), z.number().min(0).max(100).nullable())
  .refine((given) => Object.keys(given).every((country) => /^[A-Z]{2}$/.test(country)), {
    message: 'Countries are named by two capital letters, such as DE.',
  });

/** The countries automatic tax is collected in, and their flat rates. */
export function taxRates(core: Core): CountryRates {
  return countryRates(core.context('test'));
}

/** Gives countries flat rates for automatic tax; the others stay. */
export function changeTaxRates(core: Core, body: unknown): CountryRates {
  const given = parseWith(rates, body);
  core.transact(() => {
    for (const mode of ['test', 'live']) changeCountryRates(core.context(mode), given);
  });
  return taxRates(core);
}
