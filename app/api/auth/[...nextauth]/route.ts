export { authHandler as GET, authHandler as POST } from '@/lib/auth/sign-in';

/**
 * Mail scanners look at links before people do. Without this, Next would answer them as if they had
 * followed the link, which works once.
 */
export function HEAD(): Response {
  return new Response(null);
}
