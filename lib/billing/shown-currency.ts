import { cookies, headers } from 'next/headers';
import { type Currency, currencies, findCurrency } from './plans';

export const currencyCookie = 'currency';

/**
 * The currency that somebody is shown prices in: the one of their running subscription, because a
 * customer has one at a time; else that of their browser.
 *
 * @param locked the currency of what runs already, as Stripe writes it
 */
export async function shownCurrency(locked: string | null = null): Promise<Currency> {
  return findCurrency(locked) ?? browserCurrency(await cookies(), await headers());
}

/**
 * The currency that somebody chose in this browser; else that of their country, by the header of the
 * host; else that of the country in the language the browser prefers.
 */
export function browserCurrency(
  jar: { get(name: string): { value: string } | undefined },
  request: Pick<Headers, 'get'>,
): Currency {
  const country = countryHeaders.map((name) => request.get(name)).find(Boolean);
  return (
    findCurrency(jar.get(currencyCookie)?.value) ??
    currencyOfCountry(country ?? regionOf(request.get('accept-language'))) ??
    currencies[0]
  );
}

/** What Vercel, Cloudflare and CloudFront call it. Forged, it changes only what its sender sees. */
export const countryHeaders = [
  'x-vercel-ip-country',
  'cf-ipcountry',
  'cloudfront-viewer-country',
] as const;

/** The region of the first language: `DE` of `de-DE`, and of `de`, which is spoken mostly there. */
function regionOf(acceptLanguage: string | null): string | undefined {
  const [first = ''] = (acceptLanguage ?? '').split(/[,;]/, 1);
  try {
    return new Intl.Locale(first.trim()).maximize().region;
  } catch {
    return undefined;
  }
}

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
