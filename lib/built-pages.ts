import type { NextRequest } from 'next/server';
import { knownProviders, type OAuthProvider, oauthProviders } from './auth/oauth-providers';
import { sessionCookie } from './auth/session-cookie';
import { currencies, isInterval } from './billing/plans';
import { browserCurrency, countryHeaders } from './billing/shown-currency';
import { env, taxModes } from './env';
import { locales, matchLocale } from './locale';

/** Where app/built keeps them. Nobody has to know these paths. */
export const builtFolder = '/built';

/**
 * The page that was built ahead for what is requested: those that are the same for everybody without a
 * session, once for each language, currency and setting they depend on.
 *
 * @returns its path, or null for what is rendered when it is requested
 */
export function builtPath({ method, nextUrl, cookies, headers }: NextRequest): string | null {
  if ((method !== 'GET' && method !== 'HEAD') || cookies.has(sessionCookie())) return null;
  const { _rsc: _, ...query } = Object.fromEntries(nextUrl.searchParams);
  const isAsIs = Object.keys(query).length === 0;
  const prices = () => [env().STRIPE_TAX, browserCurrency(cookies, headers)];
  let page: string[] | null = null;
  if (nextUrl.pathname === '/' && isAsIs) page = prices();
  if (nextUrl.pathname === '/sign-in' && isAsIs) {
    page = [taxModes[0], 'sign-in', providerNames(oauthProviders())];
  }
  if (nextUrl.pathname === '/pricing') {
    const { interval = 'month', ...more } = query;
    const isBuilt = isInterval(interval) && Object.keys(more).length === 0;
    page = isBuilt ? [...prices(), 'pricing', interval] : null;
  }
  const locale = matchLocale(headers.get('accept-language')) ?? 'en';
  return page && [builtFolder, locale, ...page].join('/');
}

/** The request's headers that it looks at. */
export const builtPathDependsOn = ['Cookie', 'Accept-Language', ...countryHeaders].join(', ');

/** Everything that a page with prices is built for. */
export const builtPrices = locales.flatMap((language) =>
  taxModes.flatMap((tax) => currencies.map((currency) => ({ language, tax, currency }))),
);

/** How a path names the providers that a sign-in page offers. */
function providerNames(providers: readonly OAuthProvider[]): string {
  return providers.map(({ id }) => id).join('-') || 'none';
}

/** Every set of providers that may be configured, by its name in a path. */
export const providerSets: ReadonlyMap<string, readonly OAuthProvider[]> = new Map(
  knownProviders
    .reduce<OAuthProvider[][]>((sets, each) => sets.concat(sets.map((set) => [...set, each])), [[]])
    .map((set) => [providerNames(set), set]),
);
