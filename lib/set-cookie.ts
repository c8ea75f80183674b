import { cookies } from 'next/headers';
import { env } from './env';

/**
 * Sets a cookie that neither scripts nor forms of other sites get. For server actions and route handlers.
 *
 * @param cookie.maxAge in seconds
 * @param cookie.path everywhere when left out
 */
export async function setCookie(cookie: {
  name: string;
  value: string;
  maxAge: number;
  path?: string;
}): Promise<void> {
  const secure = hasSecureCookies();
  (await cookies()).set({ ...cookie, httpOnly: true, sameSite: 'lax', secure });
}

export function hasSecureCookies(): boolean {
  return env().NEXTAUTH_URL.startsWith('https:');
}
