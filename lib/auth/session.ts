import type { Route } from 'next';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { db } from '../db';
import { type Formats, formatsIn } from '../format';
import type { Prisma } from '../generated/prisma/client';
import { findLocale, type Locale, matchLocale } from '../locale';
import { findTheme, type Theme } from '../theme';
import { sessionCookie } from './options';
import { hashToken } from './token-hash';

/** What next-auth makes tokens of; anything else is nobody's, and might be nothing a database takes. */
const TOKEN = /^[\w-]+$/;

/** The signed-in user, as far as pages and actions need one. */
export type SessionUser = {
  id: string;
  email: string;
  name: string | null;
  /** The language they chose for dates, money and Stripe's pages; null follows the browser. */
  locale: string | null;
  /** The look they chose; null follows their system. */
  theme: string | null;
  stripeCustomerId: string | null;
};

/** The columns of a {@link SessionUser}. */
export const sessionUserColumns = {
  id: true,
  email: true,
  name: true,
  locale: true,
  theme: true,
  stripeCustomerId: true,
} as const satisfies Prisma.UserSelect;

/** The signed-in user, or null. One SQL statement, at most once per request. */
export const currentUser = cache(
  (): Promise<SessionUser | null> => findSignedIn(sessionUserColumns),
);

/**
 * The guard of every page and action behind the sign-in.
 *
 * @param returnTo the page of ours to come back to after signing in
 * @returns the signed-in user; without one it redirects to the sign-in page and does not return
 */
export async function requireUser(returnTo: Route): Promise<SessionUser> {
  return (await currentUser()) ?? redirectToSignIn(returnTo);
}

export function redirectToSignIn(returnTo: Route): never {
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

/**
 * The signed-in user with the columns and relations asked for, in one joined SQL statement; null
 * when nobody is signed in.
 *
 * Reads next-auth's session row directly: `getServerSession` runs three statements for the same
 * answer and cannot extend the cookie from a page either.
 */
export async function findSignedIn<Select extends Prisma.UserSelect>(
  select: Select,
): Promise<Prisma.UserGetPayload<{ select: Select }> | null> {
  const sessionToken = (await cookies()).get(sessionCookie())?.value;
  if (!sessionToken || !TOKEN.test(sessionToken)) return null;
  const session = await db().session.findFirst({
    where: { sessionToken: hashToken(sessionToken), expires: { gt: new Date() } },
    relationLoadStrategy: 'join',
    select: { user: { select } },
  });
  return session?.user ?? null;
}

/** The language that the browser asks for, among those we speak. */
export async function browserLocale(): Promise<Locale | null> {
  return matchLocale((await headers()).get('accept-language'));
}

/** How dates and money are written for this request: as the user chose, else as the browser asks. */
export const formats = cache(async (): Promise<Formats> => {
  const chosen = findLocale((await currentUser())?.locale);
  return formatsIn(chosen ?? (await browserLocale()) ?? 'en');
});

/**
 * The look that the signed-in user chose; null follows the system. So it is while the database does
 * not answer: the page itself tells of that, in a frame that must stand without it.
 */
export async function chosenTheme(): Promise<Theme | null> {
  return currentUser().then(
    (user) => findTheme(user?.theme),
    () => null,
  );
}
