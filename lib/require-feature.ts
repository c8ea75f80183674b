import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { accessOf } from './access';
import { requireUser, type SessionUser } from './auth/session';
import { planWith } from './billing/plan-with';
import type { Feature } from './billing/plans';
import { paymentRequired } from './payment-required';

/**
 * The guard of pages and actions that only some plans include. It does not return for anybody else:
 * strangers are led to the sign-in, others to the pricing page, which explains.
 *
 * @param returnTo the page of ours to come back to after signing in
 */
export async function requireFeature(
  feature: Feature,
  returnTo: Route = '/dashboard',
): Promise<SessionUser> {
  const user = await requireUser(returnTo);
  const { can } = await accessOf(user);
  return can(feature) ? user : redirect(`/pricing?for=${feature}`);
}

/**
 * The same for route handlers.
 *
 * @returns the response that refuses, to be returned; null for those who have the feature
 */
export async function refuseWithout(
  feature: Feature,
  user: { id: string },
): Promise<Response | null> {
  const { can } = await accessOf(user);
  return can(feature) ? null : paymentRequired({ feature, plan: planWith(feature) });
}
