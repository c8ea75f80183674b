import type { NextAuthOptions } from 'next-auth';
import EmailProvider from 'next-auth/providers/email';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { env } from '../env';
import { sendMail } from '../mail/send-mail';
import { authAdapter } from './adapter';
import { parseEmailAddress } from './email-address';
import { isKnownBrowser, rememberBrowser } from './known-browser';
import { signInEmail } from './sign-in-email';
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
      async signIn({ user }) {
        if (user.email) await rememberBrowser(user.email);
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
          await sendMail({ to: identifier, ...signInEmail(url) });
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

/** The providers, besides e-mail, that the environment configures: what the sign-in page offers. */
export function oauthProviders(): OAuthProvider[] {
  const { GITHUB_ID, GOOGLE_CLIENT_ID } = env();
  return [
    ...(GITHUB_ID ? [{ id: 'github', name: 'GitHub' } as const] : []),
    ...(GOOGLE_CLIENT_ID ? [{ id: 'google', name: 'Google' } as const] : []),
  ];
}

export type OAuthProvider = { id: 'github'; name: 'GitHub' } | { id: 'google'; name: 'Google' };

/** The cookie that next-auth keeps the session's token in. */
export function sessionCookie(): string {
  return `${hasSecureCookies() ? '__Secure-' : ''}next-auth.session-token`;
}

function hasSecureCookies(): boolean {
  return env().NEXTAUTH_URL.startsWith('https:');
}
