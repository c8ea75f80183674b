'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/auth/session';
import { urlOrProblem } from '@/lib/billing/errors';
import { createPortalUrl } from '@/lib/billing/portal';

/** Leads to the signed-in user's own Stripe Billing Portal. */
export async function manageBilling(): Promise<never> {
  const user = await requireUser('/billing');
  redirect(await urlOrProblem('/billing', createPortalUrl(user)));
}
