import { keyedHash } from '../auth/token-hash';
import { env } from '../env';

/**
 * The page that an invitation leads to. Its token is made again when the e-mail is written, so it is stored
 * nowhere.
 *
 * @param number how often the invitation was sent: each time with another link
 */
export function invitationUrl(id: string, number: number): string {
  return `${env().NEXTAUTH_URL}/invitation?token=${invitationToken(id, number)}`;
}

export function invitationToken(id: string, number: number): string {
  return keyedHash('invitation', `${id} ${number}`);
}
