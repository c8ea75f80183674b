import { z } from 'zod';

const csrfReply = z.object({ csrfToken: z.string() });
const mailReply = z.array(z.object({ links: z.array(z.string()) }));

/**
 * Signs in as anybody would: asks the app for a link and reads it in the inbox.
 *
 * @param appUrl the app's origin
 * @param inboxUrl the origin of the mail stand-in's inbox
 * @param callbackPath where the link leads
 * @returns the link, good for a day and for one use
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
  if (!link) throw new Error(`No sign-in link arrived for ${email}.`);
  return link;
}
