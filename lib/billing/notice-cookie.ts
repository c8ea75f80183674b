import { cookies } from 'next/headers';
import { words } from '../reader';
import { setCookie } from '../set-cookie';
import { findMessage } from '../words';
import { type Notice, noticeCookie } from './notices';

/** Long enough to follow a redirect. In case the page is never loaded. */
const LIFETIME_SECONDS = 60;

/** Lets the next page show a notice. For route handlers and server actions. */
export async function allowNotice(notice: Notice): Promise<void> {
  await setCookie({ ...noticeCookie, value: notice, maxAge: LIFETIME_SECONDS });
}

/** The address of the billing page with a notice, which this browser may then be shown. */
export async function billingWith(notice: Notice) {
  await allowNotice(notice);
  return `/billing?notice=${notice}` as const;
}

/** The text of the notice that an address names, if this browser may be shown it now; else null. */
export async function findAllowedNotice(key: unknown) {
  const notice = findMessage((await words()).notices, key);
  const allowed = (await cookies()).get(noticeCookie.name)?.value;
  return notice && notice.key === allowed ? notice : null;
}
