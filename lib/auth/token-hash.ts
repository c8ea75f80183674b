import { createHash } from 'node:crypto';

/**
 * What the database keeps of a session's token, so that a leaked backup signs nobody in. The token is
 * random and long, so a plain hash cannot be reversed.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
