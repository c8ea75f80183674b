import type { Hono } from 'hono';
import { DASHBOARD_PATHS } from '../dashboard/dashboard-paths';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The pages whose address is the only credential, and the dashboard. */
const PAGES = ['/a/*', '/b/*', '/c/*', '/p/*', '/i/*', ...DASHBOARD_PATHS];

/** No page is cached, framed, or told to anyone by a referrer. */
export function protectPages(app: Hono): void {
  for (const path of PAGES) {
    app.use(path, async (c, next) => {
      await next();
      c.header('cache-control', 'no-store');
      c.header('referrer-policy', 'no-referrer');
      c.header('content-security-policy', POLICY);
      c.header('x-content-type-options', 'nosniff');
    });
  }
}
