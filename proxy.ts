import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { noticeCookie } from '@/lib/billing/notices';
import { env } from '@/lib/env';
import { pageHeaders, policyHeader } from '@/lib/page-headers';

/** Adds the {@link pageHeaders} of each request; the headers that never change are in next.config.mjs. */
export function proxy(request: NextRequest): NextResponse {
  const headers = pageHeaders(env(), {
    nonce: randomBytes(16).toString('base64'),
    isDevelopment: process.env.NODE_ENV === 'development',
  });
  const forwarded = new Headers(request.headers);
  forwarded.set(policyHeader, headers[policyHeader] ?? '');
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (request.nextUrl.pathname === noticeCookie.path && request.cookies.has(noticeCookie.name)) {
    // As a plain header: the response's cookies would take it from this page's own request, too.
    response.headers.append('set-cookie', expired(noticeCookie));
  }
  return response;
}

function expired({ name, path }: { name: string; path: string }): string {
  return `${name}=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax`;
}

export const config = {
  matcher: [
    {
      // Documents only. What our scripts fetch (RSC payloads, action responses) is subject to the
      // policy of the page that fetches it.
      source: '/((?!api/|_next/static/|_next/image).*)',
      missing: [
        { type: 'header', key: 'rsc' },
        { type: 'header', key: 'next-action' },
      ],
    },
  ],
};
