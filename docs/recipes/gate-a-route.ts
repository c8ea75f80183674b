import { currentUser } from '@/lib/auth/session';
import { refuseWithout } from '@/lib/require-feature';

// A route handler for the plans that include a feature. Others get 402 and a problem document.

export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return new Response(null, { status: 401 });
  return (await refuseWithout('api', user)) ?? Response.json({ reports: [] });
}
