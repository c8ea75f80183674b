import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { env } from '../env';

const COOKIE = 'known-browser';
const SECONDS = 180 * 24 * 60 * 60;

/** Remembers in the browser that somebody signed in to this address with it: as a keyed hash. */
export async function rememberBrowser(email: string): Promise<void> {
  (await cookies()).set(COOKIE, markOf(email), {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL.startsWith('https:'),
    maxAge: SECONDS,
    path: '/',
  });
}

/** Whether somebody signed in to this address with this browser before. */
export async function isKnownBrowser(email: string): Promise<boolean> {
  const given = Buffer.from((await cookies()).get(COOKIE)?.value ?? '');
  const expected = Buffer.from(markOf(email));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function markOf(email: string): string {
  return createHmac('sha256', env().NEXTAUTH_SECRET).update(`browser ${email}`).digest('base64url');
}
