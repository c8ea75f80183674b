import type { Next, Context as Request } from 'hono';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keeps other sites' pages out: they could post to loopback, or get there under a name of their own.
 * A request must name this machine as its host; one that changes something must come from a page of
 * the same origin.
 */
export function sameOrigin(publicOrigin: string) {
  const known = new Set([...LOOPBACK, new URL(publicOrigin).hostname]);
  return async (c: Request, next: Next) => {
    const host = c.req.header('host') ?? '';
    if (!URL.canParse(`http://${host}`) || !known.has(new URL(`http://${host}`).hostname)) {
      return c.text('The dashboard answers on this machine’s own name only.', 403);
    }
    if (c.req.method !== 'GET' && !comesFromHere(c, host)) {
      return c.text('Changes are made from the dashboard’s own pages only.', 403);
    }
    return next();
  };
}

function comesFromHere(c: Request, host: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === host;
}
