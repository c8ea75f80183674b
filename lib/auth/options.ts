import { headers } from 'next/headers';
import type { NextAuthOptions } from 'next-auth';
import EmailProvider from 'next-auth/providers/email';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { db } from '../db';
import { env } from '../env';
import { findLocale, type Locale, matchLocale } from '../locale';
import { log } from '../log';
import { sendMail } from '../mail/send-mail';
import { hasSecureCookies } from '../set-cookie';
import { authAdapter } from './adapter';
import { parseEmailAddress } from './email-address';
import { isKnownBrowser, rememberBrowser } from './known-browser';
import { announceNewBrowser } from './new-browser';
import { linkEmail } from './sign-in-email';
import { LINK_LIFETIME_SECONDS, mayHaveLink } from './sign-in-limit';

const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** next-auth's options: sessions in the database, a link by e-mail, OAuth where configured. */
export function authOptions(): NextAuthOptions {
  const { NEXTAUTH_SECRET, GITHUB_ID, GITHUB_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } =
    env();
  return {
    adapter: authAdapter(),
    secret: NEXTAUTH_SECRET,
    // As long as the session itself: it is never extended.
    session: { strategy: 'database', maxAge: SESSION_SECONDS, updateAge: SESSION_SECONDS },
    useSecureCookies: hasSecureCookies(),
    pages: { signIn: '/sign-in', verifyRequest: '/sign-in?sent=1', error: '/sign-in' },
    callbacks: {
      async signIn({ user, email }) {
        if (!email?.verificationRequest || !user.email) return true;
        const isKnown = await isKnownBrowser(user.email);
        return (await mayHaveLink(user.email, isKnown)) || '/sign-in?error=TooManyLinks';
      },
    },
    events: {
      async signIn({ user, isNewUser, account }) {
        log.info('signed in', { user: user.id, by: account?.provider });
        if (!user.email) return;
        if (!isNewUser && !(await isKnownBrowser(user.email))) await announceNewBrowser(user.id);
        await rememberBrowser(user.email);
      },
    },
    providers: [
      EmailProvider({
        maxAge: LINK_LIFETIME_SECONDS,
        normalizeIdentifier(given) {
          const address = parseEmailAddress(given);
          if (!address) throw new Error('This is not an e-mail address.');
          return address;
        },
        async sendVerificationRequest({ identifier, url }) {
          const language = await languageFor(identifier);
          await sendMail({ to: identifier, ...linkEmail('sign_in', url, language) });
        },
      }),
      ...(GITHUB_ID && GITHUB_SECRET
        ? [GitHubProvider({ clientId: GITHUB_ID, clientSecret: GITHUB_SECRET })]
        : []),
      ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
        ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
        : []),
    ],
  };
}

/** The language that the owner of an address chose, else the one of the browser that asks. */
async function languageFor(email: string): Promise<Locale> {
  const owner = await db().user.findUnique({ where: { email }, select: { locale: true } });
  const accepted = (await headers()).get('accept-language');
  return findLocale(owner?.locale) ?? matchLocale(accepted) ?? 'en';
}
