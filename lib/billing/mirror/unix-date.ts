/** The date of one of Stripe's timestamps, in Unix seconds. */
export function unixDate(seconds: number): Date;
export function unixDate(seconds: number | null): Date | null;
export function unixDate(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}
