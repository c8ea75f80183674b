import { readdirSync } from 'node:fs';

/** Sent with every response. Headers that depend on the request or the environment are in proxy.ts. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** Nothing under /api is a page. */
const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const migrations = readdirSync(new URL('prisma/migrations', import.meta.url), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const distDir = process.env.NEXT_DIST_DIR || '.next';

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Fixed when the app is built: what /api/health/ready compares the database with, and where the
  // built pages are.
  env: { MIGRATIONS: migrations.join(), DIST_DIR: distDir },
  reactStrictMode: true,
  typedRoutes: true,
  // A second build beside a running one, such as the tests', uses a folder of its own.
  distDir,
  // For container images: a folder that runs without node_modules. `next start` needs the normal build.
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  devIndicators: false,
  // No picture of ours needs it, and without it nobody can make the server scale any.
  images: { unoptimized: true },
  // proxy.ts needs the server's address as it is: Next takes a rewrite to any other for another site.
  skipProxyUrlNormalize: true,
  // There is no one root layout that it could use.
  experimental: { globalNotFound: true },
  // Otherwise Next looks for a lock file in the folders above.
  turbopack: { root: import.meta.dirname },
  headers: async () => [
    { source: '/:path*', headers },
    { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: apiPolicy }] },
  ],
};
