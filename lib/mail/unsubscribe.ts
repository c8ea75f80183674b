import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../auth/token-hash';
import { db } from '../db';
import { env } from '../env';

/**
 * The address that turns off somebody's optional e-mails without a sign-in: a POST does it (RFC 8058), a
 * GET leads to settings. It can do nothing else, and does not expire.
 */
export function unsubscribeUrl(userId: string): string {
  const query = new URLSearchParams({ user: userId, token: keyedHash('unsubscribe', userId) });
  return `${env().NEXTAUTH_URL}/api/unsubscribe?${query}`;
}

/** Turns off the optional e-mails of whoever the token was made for. @returns whether it was right */
export async function unsubscribe(userId: string, token: string): Promise<boolean> {
  const [given, right] = [Buffer.from(token), Buffer.from(keyedHash('unsubscribe', userId))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  await setWantsTips(userId, false);
  return true;
}

/** Whether somebody wants the e-mails that are not about money. */
export async function wantsTips(userId: string): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { wantsTips: true } });
  return user?.wantsTips ?? false;
}

/** Says whether somebody wants the e-mails that are not about money. */
export async function setWantsTips(userId: string, wants: boolean): Promise<void> {
  await db().user.updateMany({ where: { id: userId }, data: { wantsTips: wants } });
}
