import { timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { setCookie } from '../set-cookie';
import { keyedHash } from './token-hash';

const COOKIE = 'known-browser';
const SECONDS = 180 * 24 * 60 * 60;

/** For how many accounts a browser remembers that it was used. */
const MOST = 5;

/** Remembers in the browser that somebody signed in to this address with it: as a keyed hash. */
export async function rememberBrowser(email: string): Promise<void> {
  const own = keyedHash('browser', email);
  const others = (await marks()).filter((mark) => mark !== own);
  const value = [own, ...others].slice(0, MOST).join('.');
  await setCookie({ name: COOKIE, value, maxAge: SECONDS });
}

/** Whether somebody signed in to this address with this browser before. */
export async function isKnownBrowser(email: string): Promise<boolean> {
  const expected = Buffer.from(keyedHash('browser', email));
  return (await marks()).some((mark) => {
    const given = Buffer.from(mark);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function marks(): Promise<string[]> {
  return (await cookies()).get(COOKIE)?.value.split('.').slice(0, MOST) ?? [];
}
