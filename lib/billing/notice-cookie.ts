import { cookies } from 'next/headers';
import { env } from '../env';
import { findNotice, type Notice, noticeCookie, type Words } from './notices';

/** Long enough to follow a redirect. In case the page is never loaded. */
const LIFETIME_SECONDS = 60;

/** Lets the next page show a notice. For route handlers and server actions. */
export async function allowNotice(notice: Notice): Promise<void> {
  (await cookies()).set({
    ...noticeCookie,
    value: notice,
    maxAge: LIFETIME_SECONDS,
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL.startsWith('https:'),
  });
}

/** The text of the notice that an address names, if this browser may be shown it now; else null. */
export async function findAllowedNotice(key: unknown): Promise<(Words & { key: Notice }) | null> {
  const notice = findNotice(key);
  const allowed = (await cookies()).get(noticeCookie.name)?.value;
  return notice && notice.key === allowed ? notice : null;
}
