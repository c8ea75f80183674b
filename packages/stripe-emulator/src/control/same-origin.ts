import type { MiddlewareHandler, Context as Request } from 'hono';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keeps other sites' pages away from the dashboard: they could post to loopback, or get there under a
 * name of their own. A request must name this machine as its host; one that changes something must
 * come from a page of the same origin.
 */
export function sameOrigin(publicOrigin: string): MiddlewareHandler {
  const isOurs = hostCheck(publicOrigin);
  return async (c, next) => {
    if (!isOurs(c)) return c.text('The dashboard answers on this machine’s own name only.', 403);
    if (c.req.method !== 'GET' && !comesFromHere(c)) {
      return c.text('Changes are made from the dashboard’s own pages only.', 403);
    }
    return next();
  };
}

/**
 * Keeps other sites' pages away from the controls. Programs may use them under any name, such as a
 * container's: they do not send the headers by which a browser is known.
 */
export function refuseOtherSites(publicOrigin: string): MiddlewareHandler {
  const isOurs = hostCheck(publicOrigin);
  return async (c, next) => {
    const isBrowser = c.req.header('sec-fetch-site') ?? c.req.header('origin');
    if (isBrowser === undefined || (isOurs(c) && isAllowed(c))) return next();
    return c.text('The emulator’s controls are not for the pages of other sites.', 403);
  };
}

/** Somebody who types the address of a control comes from nowhere. */
function isAllowed(c: Request): boolean {
  return comesFromHere(c) || (c.req.method === 'GET' && c.req.header('sec-fetch-site') === 'none');
}

function hostCheck(publicOrigin: string): (c: Request) => boolean {
  const known = new Set([...LOOPBACK, new URL(publicOrigin).hostname]);
  return (c) => {
    const host = `http://${c.req.header('host') ?? ''}`;
    return URL.canParse(host) && known.has(new URL(host).hostname);
  };
}

function comesFromHere(c: Request): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host');
}
