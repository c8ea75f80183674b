import { type Currency, currencies } from './plans';

/**
 * The currency that people of a country pay in, as far as the catalogue has it.
 *
 * @param country two letters (ISO 3166), in either case; null when it is not known
 */
export function currencyOfCountry(country: string | null | undefined): Currency | undefined {
  return country ? byCountry.get(country.toUpperCase()) : undefined;
}

const countries: Readonly<Partial<Record<Currency, string>>> = {
  eur: 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
};

const byCountry = new Map<string, Currency>();
for (const currency of currencies) {
  for (const country of countries[currency]?.split(' ') ?? []) byCountry.set(country, currency);
}
