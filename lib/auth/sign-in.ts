import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth/next';
import { z } from 'zod';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import { db } from '../db';
import { env } from '../env';
import { authOptions } from './options';
import { sessionCookie } from './session-cookie';
import { hashToken } from './token-hash';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * next-auth as a route handler: what answers under /api/auth, and what {@link startSignIn} asks. With
 * what next-auth leaves open: nothing it says is cached, a session is never extended, a browser has one
 * session at a time, and a sign-in link is only used up by a form of our own page.
 */
export async function authHandler(request: NextRequest, context: Context): Promise<Response> {
  if (isMalformed(request)) return unreadable();
  const [action, provider] = (await context.params).nextauth;
  if (action === 'callback' && provider === 'email') {
    // Mail scanners follow links. A GET only leads to a page with a button.
    if (request.method === 'GET') return confirmFirst(request);
    if (request.headers.get('origin') !== env().NEXTAUTH_URL) {
      return Response.json({ error: 'Sign in from our own page.' }, { status: 403 });
    }
  }
  const former = request.cookies.get(sessionCookie())?.value;
  let reply: Response;
  try {
    reply = await NextAuth(authOptions())(request, context);
  } catch (error) {
    // It repeats what it was sent in headers, also what no header can hold: a line break, say.
    if (error instanceof TypeError && /invalid header|ByteString/.test(error.message)) {
      return unreadable();
    }
    throw error;
  }
  const response = new Response(reply.body, reply);
  response.headers.set('Cache-Control', 'no-store');
  // Its answer would bring the cookie a new expiry each time.
  if (action === 'session') response.headers.delete('set-cookie');
  if (action === 'callback' && former) await endFormerSession(former, response);
  return response;
}

function unreadable(): Response {
  return Response.json({ error: 'This request cannot be read.' }, { status: 400 });
}

/**
 * What next-auth answers with 500: an address to come back to that is none, and JSON, which it reads
 * without looking and no form of ours sends.
 */
function isMalformed({ nextUrl, cookies, headers }: NextRequest): boolean {
  const back = [
    nextUrl.searchParams.get('callbackUrl'),
    ...cookies.getAll().map(({ name, value }) => name.endsWith('.callback-url') && value),
  ];
  return (
    headers.get('content-type')?.includes('json') === true ||
    back.some((url) => url && !isAddress(url))
  );
}

function isAddress(url: string): boolean {
  return /^(\/|https?:)/.test(url) && URL.canParse(url, env().NEXTAUTH_URL);
}

/** To the page that asks for a click. It has the link's parameters and uses nothing up. */
function confirmFirst(request: NextRequest): Response {
  const { search } = request.nextUrl;
  return new Response(null, {
    status: 303,
    headers: {
      Location: `${env().NEXTAUTH_URL}/sign-in/confirm${search}`,
      'Cache-Control': 'no-store',
    },
  });
}

/** Ends the session that a browser had before it signed in again. */
async function endFormerSession(token: string, reply: Response): Promise<void> {
  const current = new NextResponse(null, { headers: reply.headers }).cookies.get(sessionCookie());
  if (!current?.value || current.value === token) return;
  await db().session.deleteMany({ where: { sessionToken: hashToken(token) } });
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
