import type { Locale } from './locale';

/** How dates and money are written in one language, and in one time zone. */
export type Formats = {
  /**
   * @param amount an integer in the currency's smallest unit (cents, or yen, which have none)
   * @param currency ISO code, in either case, as Stripe gives it
   * @returns for example `$12` or `$12.50`: whole amounts go without decimals
   */
  money(amount: number, currency: string): string;
  /** As {@link Formats.money}, always with the currency's decimals: for amounts that are compared. */
  exactMoney(amount: number, currency: string): string;
  /** `November 21, 2026` */
  day(date: Date): string;
  /** `Nov 21, 2026`: for columns */
  date(date: Date): string;
  /** `Nov` */
  monthName(date: Date): string;
  /** `2026` */
  year(date: Date): string;
  /** `Nov 2026` */
  month(date: Date): string;
  /** `Nov 21, 2026, 1:32 AM UTC` */
  moment(date: Date): string;
};

/** The formats of a language. @param timeZone where the reader's days begin and end */
export function formatsIn(locale: Locale, timeZone = 'UTC'): Formats {
  const date = (kind: keyof typeof dateKinds) => (date: Date) =>
    dateFormat(locale, timeZone, kind).format(date);
  const money = (amount: number, currency: string, zeros: 'trim' | 'keep') => {
    const { exact, trimmed, unit } = currencyFormat(locale, currency);
    return (zeros === 'trim' && amount % unit === 0 ? trimmed : exact).format(amount / unit);
  };
  return {
    money: (amount, currency) => money(amount, currency, 'trim'),
    exactMoney: (amount, currency) => money(amount, currency, 'keep'),
    day: date('day'),
    date: date('date'),
    monthName: date('monthName'),
    year: date('year'),
    month: date('month'),
    moment: date('moment'),
  };
}

const dateKinds = {
  day: { dateStyle: 'long' },
  date: { dateStyle: 'medium' },
  monthName: { month: 'short' },
  year: { year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  moment: {
    // A long month would join date and time by a word, in the middle of our English sentences.
    ...({ day: 'numeric', month: 'short', year: 'numeric' } as const),
    ...({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const),
  },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format is slow, so they are kept; but not those of every time zone there is. */
const MOST = 300;
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const currencyFormats = new Map<string, CurrencyFormat>();

function dateFormat(locale: Locale, timeZone: string, kind: keyof typeof dateKinds) {
  const name = `${locale} ${timeZone} ${kind}`;
  const made =
    dateFormats.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone, ...dateKinds[kind] });
  if (dateFormats.size >= MOST) dateFormats.clear();
  dateFormats.set(name, made);
  return made;
}

/** `unit`: so many of its smallest unit are one. */
type CurrencyFormat = { exact: Intl.NumberFormat; trimmed: Intl.NumberFormat; unit: number };

function currencyFormat(locale: Locale, currency: string): CurrencyFormat {
  const name = `${locale} ${currency}`;
  const made = currencyFormats.get(name) ?? makeCurrencyFormat(locale, currency);
  currencyFormats.set(name, made);
  return made;
}

function makeCurrencyFormat(locale: Locale, currency: string): CurrencyFormat {
  const style = { style: 'currency', currency } as const;
  const exact = new Intl.NumberFormat(locale, style);
  const { maximumFractionDigits: digits = 2 } = exact.resolvedOptions();
  const trimmed = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: 0 });
  return { exact, trimmed, unit: 10 ** digits };
}
