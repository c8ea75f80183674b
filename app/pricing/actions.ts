'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/auth/session';
import { createCheckoutUrl } from '@/lib/billing/checkout';
import { urlOrProblem } from '@/lib/billing/errors';
import { findPaidPlan, isInterval } from '@/lib/billing/plans';

/** Leads to Stripe Checkout for the plan and interval that the form names. */
export async function subscribe(form: FormData): Promise<never> {
  const plan = findPaidPlan(form.get('plan'));
  const interval = form.get('interval');
  if (!plan || !isInterval(interval)) redirect('/pricing?problem=unknown-plan');
  const user = await requireUser(`/pricing?interval=${interval}`);
  redirect(await urlOrProblem('/pricing', createCheckoutUrl(user, plan, interval)));
}
