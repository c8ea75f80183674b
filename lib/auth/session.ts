import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { db } from '../db';
import { sessionCookie } from './options';

/** The signed-in user, as far as pages and actions need one. */
export type SessionUser = {
  id: string;
  email: string;
  name: string | null;
  stripeCustomerId: string | null;
};

/**
 * The signed-in user, or null. One SQL statement, at most once per request.
 *
 * Reads next-auth's session row directly: `getServerSession` runs three statements for the same
 * answer and cannot extend the cookie from a page either.
 */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const sessionToken = (await cookies()).get(sessionCookie())?.value;
  if (!sessionToken) return null;
  const session = await db().session.findUnique({
    where: { sessionToken },
    relationLoadStrategy: 'join',
    select: {
      expires: true,
      user: { select: { id: true, email: true, name: true, stripeCustomerId: true } },
    },
  });
  return session && session.expires > new Date() ? session.user : null;
});

/**
 * The guard of every page and action behind the sign-in.
 *
 * @param returnTo the page of ours to come back to after signing in
 * @returns the signed-in user; without one it redirects to the sign-in page and does not return
 */
export async function requireUser(returnTo: `/${string}`): Promise<SessionUser> {
  const user = await currentUser();
  if (!user) redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  return user;
}
