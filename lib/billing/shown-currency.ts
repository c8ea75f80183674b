import { cookies, headers } from 'next/headers';
import { currencyOfCountry } from './currency-of-country';
import { type Currency, currencies, findCurrency } from './plans';

export const currencyCookie = 'currency';

/**
 * The currency that somebody is shown prices in: the one of their running subscription, because a
 * customer has one at a time; else what they chose; else that of their country, by the header of the
 * host; else that of the country in the language their browser prefers.
 *
 * @param locked the currency of what runs already, as Stripe writes it
 */
export async function shownCurrency(locked: string | null = null): Promise<Currency> {
  const [jar, request] = await Promise.all([cookies(), headers()]);
  const country = countryHeaders.map((name) => request.get(name)).find(Boolean);
  return (
    findCurrency(locked) ??
    findCurrency(jar.get(currencyCookie)?.value) ??
    currencyOfCountry(country ?? regionOf(request.get('accept-language'))) ??
    currencies[0]
  );
}

/** What Vercel, Cloudflare and CloudFront call it. Forged, it changes only what its sender sees. */
const countryHeaders = [
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
