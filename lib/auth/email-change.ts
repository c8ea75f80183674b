import { randomBytes, randomUUID } from 'node:crypto';
import { afterResponse } from '../after-response';
import { db } from '../db';
import { env } from '../env';
import { Prisma } from '../generated/prisma/client';
import type { Locale } from '../locale';
import { log } from '../log';
import { mailInsert, sendLeftMail } from '../mail/outbox';
import { sendMail } from '../mail/send-mail';
import { mailOwnerSql } from '../team/mail-owner';
import { maskEmailAddress } from './email-address';
import { rememberBrowser } from './known-browser';
import { linkEmail } from './sign-in-email';
import { mayHaveLink } from './sign-in-limit';
import { hashToken } from './token-hash';

type Owner = { id: string; email: string };

/** Milliseconds that the link works. */
const LIFETIME = 60 * 60 * 1_000;

/**
 * Sends a link to a new address; only who follows it and is signed in changes the address. One that
 * somebody else uses gets the link, too: so nobody learns here who has an account.
 *
 * @param email in its normal form
 * @param language of the e-mail
 * @returns a problem of the settings page: too many links were sent already, or the mail server did not
 *   take this one; null when it was sent
 */
export async function sendEmailChangeLink({ id }: Owner, email: string, language: Locale) {
  // Counted as a stranger's: to the new address this browser is one.
  if (!(await mayHaveLink(email, false))) return 'too-often' as const;
  const token = randomBytes(32).toString('base64url');
  const expires = new Date(Date.now() + LIFETIME);
  const identifier = `${emailChangesOf(id)}${email}`;
  await db().verificationToken.create({ data: { identifier, token: hashToken(token), expires } });
  const url = `${env().NEXTAUTH_URL}/settings/email?token=${token}`;
  try {
    await sendMail({ to: email, ...linkEmail('change_email', url, language) });
    return null;
  } catch (error) {
    log.error('link to a new address not sent', error);
    return 'email-unsent' as const;
  }
}

/** How the tokens of a user's changes of address begin, so that none is used by somebody else. */
export function emailChangesOf(userId: string): string {
  return `change:${userId}:`;
}

/** The address that a link is for; null when it has expired, was used, or is somebody else's. */
export async function findEmailChange({ id }: Owner, token: string): Promise<string | null> {
  const prefix = emailChangesOf(id);
  const found = await db().verificationToken.findFirst({
    where: {
      token: hashToken(token),
      identifier: { startsWith: prefix },
      expires: { gt: new Date() },
    },
  });
  return found?.identifier.slice(prefix.length) ?? null;
}

/**
 * Changes the address, records it, and tells the address before, all or nothing. Every link that was
 * sent for this account is used up.
 *
 * @returns false when the link is of no use, or somebody has the address meanwhile
 */
export async function changeEmail(owner: Owner, token: string): Promise<boolean> {
  const email = await findEmailChange(owner, token);
  if (!email) return false;
  const { id: userId, email: old } = owner;
  const cause = randomUUID();
  const facts = { email: maskEmailAddress(email) };
  try {
    await db().$transaction([
      // Of two clicks at once, the second does not find it any more, and changes nothing.
      db().verificationToken.delete({ where: { token: hashToken(token) } }),
      db().verificationToken.deleteMany({
        where: { identifier: { startsWith: emailChangesOf(userId) } },
      }),
      db().verificationToken.deleteMany({ where: { identifier: old } }),
      db().user.update({ where: { id: userId }, data: { email, emailVerified: new Date() } }),
      db().$executeRaw(mailOwnerSql(userId)),
      db().auditEntry.create({
        data: { userId, actor: 'person', action: 'email_changed', details: {}, cause },
      }),
      db().$executeRaw(mailInsert({ kind: 'email_changed', cause, userId, facts, to: old })),
    ]);
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
  afterResponse(sendLeftMail);
  await rememberBrowser(email);
  return true;
}

/** The address or the link was taken a moment ago: Prisma's names for a double and for nothing found. */
function isOvertaken(error: unknown): boolean {
  const { PrismaClientKnownRequestError } = Prisma;
  return error instanceof PrismaClientKnownRequestError && /^P20(02|25)$/.test(error.code);
}
