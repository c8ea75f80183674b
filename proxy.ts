import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/content-security-policy';
import { env } from '@/lib/env';

const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * Gives each page the headers that depend on the request or on the environment it runs in; those
 * that never change stand in next.config.mjs. Next reads the nonce from the request's policy.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(env(), randomBytes(16).toString('base64'), {
    isDevelopment,
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (!isDevelopment && env().NEXTAUTH_URL.startsWith('https:')) {
    // Two years, for this host alone: what runs on its subdomains is not ours to decide.
    response.headers.set('strict-transport-security', 'max-age=63072000');
  }
  return response;
}

export const config = {
  matcher: [
    {
      // Documents. What a script of ours fetches (the next page's data, an action's answer) obeys the
      // policy of the page that fetches it.
      source: '/((?!api/|_next/static/|_next/image).*)',
      missing: [
        { type: 'header', key: 'rsc' },
        { type: 'header', key: 'next-action' },
      ],
    },
  ],
};
