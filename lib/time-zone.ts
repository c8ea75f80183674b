/** The cookie in which components/on-every-page says where the browser is. */
export const timeZoneCookie = 'time-zone';

/** A time zone by its name in the IANA database, as it is usually written; null for anything else. */
export function findTimeZone(name: unknown): string | null {
  if (typeof name !== 'string' || !/^\p{L}/u.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
