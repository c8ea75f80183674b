import { AsyncLocalStorage } from 'node:async_hooks';
import { z } from 'zod';

/** What a browser sends with each request. */
type Cookie = { name: string; value: string };

const present = new AsyncLocalStorage<Map<string, Cookie>>();

/** Does what a request of somebody's browser would: pages and actions see its session. */
export function inBrowser<Result>(
  { cookie }: { cookie: Cookie },
  work: () => Promise<Result>,
): Promise<Result> {
  return present.run(new Map([[cookie.name, cookie]]), work);
}

/**
 * Where an action or a page leads somebody's browser: the address that it redirects to, `404` for a page that
 * there is not, and null when it stays.
 */
export function landing(
  who: { cookie: Cookie },
  work: () => Promise<unknown>,
): Promise<string | null> {
  return inBrowser(who, () => work().then(() => null, whereTo));
}

function whereTo(error: unknown): string {
  const parsed = z.object({ digest: z.string() }).safeParse(error);
  const [kind, , url] = parsed.data?.digest.split(';') ?? [];
  if (kind === 'NEXT_REDIRECT' && url) return url;
  if (kind === 'NEXT_HTTP_ERROR_FALLBACK') return '404';
  throw error;
}

/** A form as the browser sends it. */
export function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** In place of `next/headers`, which needs a request of Next's. */
export async function cookies(): Promise<Map<string, Cookie>> {
  return present.getStore() ?? new Map<string, Cookie>();
}

export async function headers(): Promise<Headers> {
  return new Headers({ 'x-forwarded-for': '192.0.2.1' });
}
