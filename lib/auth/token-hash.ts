import { createHash, createHmac } from 'node:crypto';
import { env } from '../env';

/**
 * What the database keeps of a session's token, so that a leaked backup signs nobody in. The token is
 * random and long, so a plain hash cannot be reversed.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A hash that only this installation can make. @param purpose keeps hashes of different things apart */
export function keyedHash(purpose: string, text: string): string {
  const hmac = createHmac('sha256', env().NEXTAUTH_SECRET);
  return hmac.update(`${purpose} ${text}`).digest('base64url');
}
