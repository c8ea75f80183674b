import { env } from '../env';

/** The providers, besides e-mail, that people can sign in with. */
export const knownProviders = [
  { id: 'github', name: 'GitHub', variable: 'GITHUB_ID' },
  { id: 'google', name: 'Google', variable: 'GOOGLE_CLIENT_ID' },
] as const;

export type OAuthProvider = (typeof knownProviders)[number];

/** Those that the environment configures: what the sign-in page offers. */
export function oauthProviders(): OAuthProvider[] {
  return knownProviders.filter(({ variable }) => env()[variable]);
}
