import { cookies } from 'next/headers';
import { db } from '../db';
import { sessionTokenHash } from './session';
import { sessionCookie } from './session-cookie';

/** A browser that is signed in. */
export type SessionView = {
  id: string;
  isThisBrowser: boolean;
  /** What it calls itself; null when it was not kept. */
  browser: string | null;
  createdAt: Date;
};

/** Where a user is signed in: this browser first, then the newest. */
export async function openSessions(userId: string): Promise<SessionView[]> {
  const own = await sessionTokenHash();
  const sessions = await db().session.findMany({
    where: { userId, expires: { gt: new Date() } },
    select: { id: true, sessionToken: true, browser: true, createdAt: true },
    orderBy: { createdAt: 'desc' },
  });
  return sessions
    .map(({ sessionToken, ...rest }) => ({ ...rest, isThisBrowser: sessionToken === own }))
    .toSorted((a, b) => Number(b.isThisBrowser) - Number(a.isThisBrowser));
}

/** Ends the session of this browser, in the database and in its cookie. */
export async function endSession(): Promise<void> {
  const sessionToken = await sessionTokenHash();
  if (sessionToken) await db().session.deleteMany({ where: { sessionToken } });
  (await cookies()).delete(sessionCookie());
}

/** Ends one session of a user's by its id. @returns false for one that is over or another user's */
export async function endSessionOf(userId: string, id: string): Promise<boolean> {
  const { count } = await db().session.deleteMany({ where: { id, userId } });
  return count > 0;
}

/** Ends every session of a user, this one too. */
export async function endSessionsOf(userId: string): Promise<void> {
  await db().session.deleteMany({ where: { userId } });
  (await cookies()).delete(sessionCookie());
}
