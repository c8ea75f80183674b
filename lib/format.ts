/** The language that dates and money are written in until a person has chosen their own. */
const locale = 'en-US';

/**
 * Money for people.
 *
 * @param amount an integer in the currency's smallest unit (cents, or yen, which have none)
 * @param currency ISO code, in either case, as Stripe gives it
 * @returns for example `$12` or `$12.50`: whole amounts go without decimals
 */
export function formatMoney(amount: number, currency: string): string {
  const style = { style: 'currency', currency } as const;
  const digits = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** digits;
  const fraction = Number.isInteger(value) ? { minimumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { ...style, ...fraction }).format(value);
}

/** A day, for people: `November 21, 2026`. In UTC, as Stripe's periods are. */
export function formatDate(date: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
