'use server';

import { redirect } from 'next/navigation';
import { parseEmailAddress } from '@/lib/auth/email-address';
import { oauthProviders } from '@/lib/auth/oauth-providers';
import { startSignIn } from '@/lib/auth/sign-in';

/** Sends a sign-in link to the address in the form. */
export async function signInByEmail(form: FormData): Promise<never> {
  const email = parseEmailAddress(form.get('email'));
  if (!email) redirect('/sign-in?error=InvalidEmail');
  redirect(await startSignIn('email', { email, callbackUrl: returnTo(form) }));
}

/** Signs in with one of the configured OAuth providers. */
export async function signInWith(form: FormData): Promise<never> {
  const provider = oauthProviders().find(({ id }) => id === form.get('provider'));
  if (!provider) redirect('/sign-in?error=OAuthSignin');
  redirect(await startSignIn(provider.id, { callbackUrl: returnTo(form) }));
}

/** Where to go after signing in: a path on our own origin, parsed as a browser would, or the dashboard. */
function returnTo(form: FormData): string {
  const here = 'http://here.invalid';
  const path = form.get('callbackUrl');
  if (typeof path !== 'string' || !path.startsWith('/') || !URL.canParse(path, here)) {
    return '/dashboard';
  }
  const { origin, pathname, search } = new URL(path, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/dashboard';
}
