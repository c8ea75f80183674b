import { hasSecureCookies } from '../set-cookie';

/** The cookie that next-auth keeps the session's token in. */
export function sessionCookie(): string {
  return `${hasSecureCookies() ? '__Secure-' : ''}next-auth.session-token`;
}
