export { authHandler as GET, authHandler as POST } from '@/lib/auth/sign-in';

/**
 * Mail scanners check links with HEAD requests before people click them. Without this handler Next
 * would answer with GET, which would use up the sign-in link.
 */
export function HEAD(): Response {
  return new Response(null);
}
