import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth/next';
import { z } from 'zod';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import { env } from '../env';
import { authOptions } from './options';

/** next-auth as a route handler: what answers under /api/auth, and what {@link startSignIn} asks. */
export async function authHandler(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  return NextAuth(authOptions())(request, context);
}

/**
 * Starts a sign-in: asks next-auth, in this process, what its own sign-in form would ask, so that
 * ours needs no JavaScript. For server actions only: Next checks their origin, which is what
 * next-auth's CSRF token is for.
 *
 * @param providerId `email`, or the id of a configured OAuth provider
 * @param fields the provider's form fields (`email`) and `callbackUrl`, a path of ours; next-auth
 *   replaces one that leads to another origin
 * @returns where to send the browser
 */
export async function startSignIn(
  providerId: string,
  fields: { email?: string; callbackUrl: string },
): Promise<AbsoluteUrl | `/sign-in?${string}`> {
  const csrf = await ask(['csrf'], { method: 'GET' });
  const { csrfToken } = csrfReply.parse(await csrf.json());
  const reply = await ask(['signin', providerId], {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken }),
  });
  const location = reply.headers.get('location') ?? '';
  const isUsable = isAbsoluteUrl(location) || isSignInPage(location);
  return isUsable ? location : '/sign-in?error=Configuration';
}

function isSignInPage(location: string): location is `/sign-in?${string}` {
  return location.startsWith('/sign-in?');
}

const csrfReply = z.object({ csrfToken: z.string() });

/** One question to next-auth; the cookies of its reply become cookies of ours. */
async function ask(nextauth: string[], init: { method: 'GET' | 'POST'; body?: URLSearchParams }) {
  const url = `${env().NEXTAUTH_URL}/api/auth/${nextauth.join('/')}`;
  const reply = await authHandler(new NextRequest(url, init), {
    params: Promise.resolve({ nextauth }),
  });
  const jar = await cookies();
  const { headers } = reply;
  for (const cookie of new NextResponse(null, { headers }).cookies.getAll()) jar.set(cookie);
  return reply;
}
