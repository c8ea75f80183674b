import { requireFeature } from '@/lib/require-feature';

// A page, or a server action, for the plans that include a feature. Others are led to the pricing page.

export default async function Page() {
  const user = await requireFeature('api', '/dashboard');
  return <h1>Reports of {user.email}</h1>;
}
