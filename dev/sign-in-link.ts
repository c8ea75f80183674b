import { z } from 'zod';

const csrfReply = z.object({ csrfToken: z.string() });
const mailReply = z.array(z.object({ links: z.array(z.string()) }));

/**
 * Signs in the way a user does: requests a link from the app and reads it in the inbox.
 *
 * @param appUrl the app's origin
 * @param inboxUrl any address of the stand-ins' inbox
 * @param callbackPath the page that the link leads to
 * @returns the link; it works once, within a day
 */
export async function requestSignInLink({
  appUrl,
  inboxUrl,
  email,
  callbackPath,
}: {
  appUrl: string;
  inboxUrl: string;
  email: string;
  callbackPath: string;
}): Promise<string> {
  const csrf = await fetch(`${appUrl}/api/auth/csrf`);
  const { csrfToken } = csrfReply.parse(await csrf.json());
  await fetch(`${appUrl}/api/auth/signin/email`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: csrf.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams({ email, csrfToken, callbackUrl: appUrl + callbackPath }),
  });
  const mail = await fetch(new URL(`/_emulator/mail?to=${encodeURIComponent(email)}`, inboxUrl));
  const [newest] = mailReply.parse(await mail.json());
  const link = newest?.links.find((address) => address.includes('/api/auth/callback/email'));
  if (!link) throw new Error(`No sign-in email arrived for ${email}.`);
  return link;
}
