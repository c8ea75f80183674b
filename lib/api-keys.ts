import { randomBytes } from 'node:crypto';
import { afterResponse } from './after-response';
import { auditSoon, by } from './audit';
import { hashToken } from './auth/token-hash';
import { db } from './db';
import { log } from './log';
import { may, type Role, roles } from './team/roles';

/** A key as its owner sees it later. The key itself is shown only once. */
export type ApiKeyView = {
  id: string;
  name: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Who made it for a team. */
  madeBy: string | null;
};

/** Who does something with keys, and for whom. */
type Actor = { id: string; person: { id: string } | null; role: Role | null };

/** More than anybody needs; nobody fills the table. */
const MOST_KEYS = 20;
/** How much of a key is kept readable: what is left has over 200 random bits. */
const PREFIX_LENGTH = 12;
/** In milliseconds. The last use is written down once in this time, not at every request. */
const NOTED_EVERY = 60_000;

const BEARER = /^Bearer +(key_[\w-]{43})$/i;

/** An account's keys, the newest first. */
export async function apiKeysOf(userId: string): Promise<ApiKeyView[]> {
  const keys = await db().apiKey.findMany({
    where: { userId },
    relationLoadStrategy: 'join',
    select: {
      id: true,
      name: true,
      prefix: true,
      createdAt: true,
      lastUsedAt: true,
      member: { select: { user: { select: { name: true, email: true } } } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return keys.map(({ member, ...key }) => ({
    ...key,
    madeBy: member && (member.user.name ?? member.user.email),
  }));
}

/**
 * Creates a key for the account that somebody acts for. Only its hash is stored, so this is the one time that
 * anybody can read it. A team's key ends with the membership of whoever made it.
 *
 * @returns the key; or why there is none: another has this name, or there are too many
 */
export async function createApiKey(
  user: Actor,
  name: string,
): Promise<{ key: string } | { problem: 'key-exists' | 'too-many-keys' }> {
  const { id: userId, person, role } = user;
  if ((await db().apiKey.count({ where: { userId } })) >= MOST_KEYS) {
    return { problem: 'too-many-keys' };
  }
  const key = `key_${randomBytes(32).toString('base64url')}`;
  const member =
    role && person
      ? await db().member.findUniqueOrThrow({
          where: { teamId_userId: { teamId: userId, userId: person.id } },
        })
      : null;
  const { count } = await db().apiKey.createMany({
    data: {
      userId,
      memberId: member?.id,
      name,
      prefix: key.slice(0, PREFIX_LENGTH),
      hash: hashToken(key),
    },
    skipDuplicates: true,
  });
  if (count === 0) return { problem: 'key-exists' };
  auditSoon({ ...by(user), action: 'api_key_created' });
  return { key };
}

/** Ends a key of the account that somebody acts for; nothing happens to another's. */
export async function revokeApiKey(user: Actor, id: string): Promise<void> {
  const { count } = await db().apiKey.deleteMany({ where: { id, userId: user.id } });
  if (count > 0) auditSoon({ ...by(user), action: 'api_key_revoked' });
}

/**
 * Whose key a request was sent with.
 *
 * @param authorization the header of that name
 * @returns null when it is not a key of ours; one that was revoked is not, or whose maker may have none now
 */
export async function findApiKey(
  authorization: string | null,
): Promise<{ id: string; userId: string } | null> {
  const [, key] = BEARER.exec(authorization ?? '') ?? [];
  if (!key) return null;
  const found = await db().apiKey.findUnique({
    where: { hash: hashToken(key) },
    relationLoadStrategy: 'join',
    select: { id: true, userId: true, lastUsedAt: true, member: { select: { role: true } } },
  });
  if (!found) return null;
  const { id, userId, lastUsedAt, member } = found;
  const role = roles.find((each) => each === member?.role) ?? null;
  if (!may(role, 'manageApiKeys')) return null;
  if (Date.now() - (lastUsedAt?.getTime() ?? 0) > NOTED_EVERY) {
    afterResponse(() => noteUse(id).catch((error) => log.error('use of a key not noted', error)));
  }
  return { id, userId };
}

async function noteUse(id: string): Promise<void> {
  await db().apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date() } });
}
