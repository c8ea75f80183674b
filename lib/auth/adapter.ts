import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter, AdapterSession } from 'next-auth/adapters';
import { db } from '../db';
import { callersBrowser } from './browser-name';
import { hashToken } from './token-hash';

/** next-auth's Prisma adapter, except that the database holds hashes of session tokens. */
export function authAdapter(): Adapter {
  const adapter = PrismaAdapter(db());
  return {
    ...adapter,
    async createSession(session) {
      const data = { ...hashed(session), browser: await callersBrowser() };
      return withToken(session.sessionToken, await db().session.create({ data }));
    },
    async getSessionAndUser(sessionToken) {
      const found = await db().session.findUnique({
        where: { sessionToken: hashToken(sessionToken) },
        include: { user: true },
      });
      if (!found) return null;
      const { user, ...session } = found;
      return { user, session: withToken(sessionToken, session) };
    },
    async updateSession({ sessionToken, expires, userId }) {
      const session = await db().session.update({
        where: { sessionToken: hashToken(sessionToken) },
        data: { expires, userId },
      });
      return withToken(sessionToken, session);
    },
    async deleteSession(sessionToken) {
      await db().session.deleteMany({ where: { sessionToken: hashToken(sessionToken) } });
    },
  };
}

function hashed({ sessionToken, userId, expires }: AdapterSession) {
  return { sessionToken: hashToken(sessionToken), userId, expires };
}

function withToken(sessionToken: string, { userId, expires }: AdapterSession): AdapterSession {
  return { sessionToken, userId, expires };
}
