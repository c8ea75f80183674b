/** How one reader reads money and dates; times are Unix seconds, shown in UTC. */
export interface Formats {
  /** The IETF tag, such as `de`. */
  locale: string;
  money(amount: number, currency: string): string;
  /** A day, such as `21 November 2026`. */
  date(time: number): string;
  /** A day in few letters, for tables. */
  shortDate(time: number): string;
  /** A number of things, such as a quantity. */
  number(value: number): string;
}

/** Every locale that hosted pages take, besides `auto`. */
const LOCALES =
  'bg cs da de el en en-AU en-CA en-GB en-IE en-IN en-NZ en-SG es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  );

/**
 * The locale of a page: the session's own, else the customer's first preferred one, else what the
 * browser asks for, else English.
 */
export function localeOf(
  wanted: string | null | undefined,
  preferred: readonly string[],
  acceptLanguage: string | undefined,
): string {
  const given = wanted === 'auto' || !wanted ? [] : [wanted];
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim() ?? '');
  for (const tag of [...given, ...preferred, ...accepted]) {
    const known = knownLocale(tag);
    if (known) return known;
  }
  return 'en';
}

/** @param currencies how money names its currency: `$12.00` or `USD 12.00` */
export function formatsFor(locale: string, currencies: 'symbol' | 'code' = 'symbol'): Formats {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  return {
    locale,
    money: (amount, currency) => money(locale, currencies, amount, currency),
    date: (time) => day.format(time * 1000),
    shortDate: (time) => short.format(time * 1000),
    number: (value) => number.format(value),
  };
}

/** Currencies whose smallest unit is the unit itself, and those with a thousand to one (docs.stripe.com/currencies). */
const WITHOUT_DECIMALS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const WITH_THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** Stripe allows twelve decimal places in a unit amount. */
const MOST_DECIMALS = 12;

function money(
  locale: string,
  currencyDisplay: 'symbol' | 'code',
  amount: number,
  currency: string,
): string {
  const digits = WITHOUT_DECIMALS.has(currency) ? 0 : WITH_THREE_DECIMALS.has(currency) ? 3 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay,
    minimumFractionDigits: digits,
    // What one unit of usage costs may be a fraction of a cent.
    maximumFractionDigits: Number.isInteger(amount) ? digits : digits + MOST_DECIMALS,
  }).format(amount / 10 ** digits);
}

function knownLocale(tag: string): string | undefined {
  const same = (candidate: string) => candidate.toLowerCase() === tag.toLowerCase();
  const language = tag.split('-')[0] ?? '';
  return LOCALES.find(same) ?? LOCALES.find((candidate) => candidate === language.toLowerCase());
}
