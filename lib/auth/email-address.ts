import { z } from 'zod';

/** The longest that SMTP carries (RFC 5321). */
const LONGEST = 254;

/**
 * The one parser of e-mail addresses, for everything that sends to one or knows a person by one. What
 * mail software reads as several addresses, or as a name with an address behind it, is none.
 *
 * @returns the normal form, in lower case; null when it is not an address
 */
export function parseEmailAddress(value: unknown): string | null {
  const { data } = address.safeParse(value);
  return data ?? null;
}

/** As much of an address as tells its owner which one it is, and nobody else. */
export function maskEmailAddress(email: string): string {
  return `${email.slice(0, 1)}…${email.slice(email.indexOf('@'))}`;
}

const address = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.email().max(LONGEST));
