import { type NextRequest, NextResponse } from 'next/server';
import { noticeCookie } from '@/lib/billing/notices';
import { builtFolder, builtPath, builtPathDependsOn } from '@/lib/built-pages';
import { env, isNextDev } from '@/lib/env';
import { pageHeaders, renderedPageHeaders } from '@/lib/page-headers';
import { type BuiltPage, readBuiltPage } from '@/lib/read-built-page';

/**
 * Answers with the page that was built ahead for what is requested, where there is one, and adds the
 * {@link pageHeaders} of each answer; the headers that never change are in next.config.mjs. A form
 * that was sent does not come here, because Next's proxy was a quarter of what a click costs: it gets the
 * headers from lib/request/guard.ts.
 */
export function proxy(request: NextRequest): NextResponse {
  const built = builtPath(request);
  // Next's own scripts fetch the page's content, not the document.
  if (isNextDev() || request.headers.has('rsc')) return render(request, built);
  const page = built && readBuiltPage(built);
  return page ? send(page, request) : render(request, null);
}

/** The document itself, with the hashes of its inline scripts in its policy. */
function send({ html, etag, scripts }: BuiltPage, { headers }: NextRequest): NextResponse {
  const answer = {
    ...pageHeaders(env(), { scripts, isDevelopment: isNextDev() }),
    'content-type': 'text/html; charset=utf-8',
    // A cache asks each time: it cannot tell who has a session.
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: builtPathDependsOn,
    etag,
  };
  return headers.get('if-none-match')?.includes(etag)
    ? new NextResponse(null, { status: 304, headers: answer })
    : new NextResponse(html, { headers: answer });
}

/** @param built the page in app/built that Next takes for the requested one */
function render(request: NextRequest, built: string | null): NextResponse {
  const headers = renderedPageHeaders(env());
  const forwarded = new Headers({ ...Object.fromEntries(request.headers), ...headers });
  const init = { request: { headers: forwarded } };
  const { pathname } = request.nextUrl;
  const path = built ?? (pathname.startsWith(`${builtFolder}/`) ? '/404' : null);
  const response = path
    ? NextResponse.rewrite(new URL(path, request.url), init)
    : NextResponse.next(init);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (built) response.headers.set('cache-control', 'private, no-cache');
  if (pathname === noticeCookie.path && request.cookies.has(noticeCookie.name)) {
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
        { type: 'header', key: 'content-type' },
      ],
    },
    // Built pages: scripts get the same one that the document is.
    {
      source: '/(pricing|sign-in)?',
      missing: [
        { type: 'header', key: 'next-action' },
        { type: 'header', key: 'content-type' },
      ],
    },
  ],
};
