import type { Locale } from './locale';

/** How dates and money are written in one language. Dates are in UTC, as Stripe's periods are. */
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
  /** `Nov 2026` */
  month(date: Date): string;
  /** `Nov 21, 2026, 1:32 AM UTC` */
  moment(date: Date): string;
};

/** The formats of a language. */
export function formatsIn(locale: Locale): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (date: Date) => format.format(date);
  };
  return {
    money: (amount, currency) => money(locale, amount, currency, 'trim'),
    exactMoney: (amount, currency) => money(locale, amount, currency, 'keep'),
    day: dates({ dateStyle: 'long' }),
    month: dates({ month: 'short', year: 'numeric' }),
    moment: dates({
      // A long month would join date and time by a word, in the middle of our English sentences.
      ...({ day: 'numeric', month: 'short', year: 'numeric' } as const),
      ...({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const),
    }),
  };
}

function money(locale: Locale, amount: number, currency: string, zeros: 'trim' | 'keep'): string {
  const style = { style: 'currency', currency } as const;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat(
    locale,
    style,
  ).resolvedOptions();
  const value = amount / 10 ** digits;
  const fraction = zeros === 'trim' && Number.isInteger(value) ? { minimumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { ...style, ...fraction }).format(value);
}
