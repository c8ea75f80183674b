'use server';

import { redirect } from 'next/navigation';
import { browserLocale } from '@/lib/auth/session';
import { requireBillingAccount } from '@/lib/billing/account';
import { createCheckoutUrl } from '@/lib/billing/checkout';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { findPaidPlan, isInterval } from '@/lib/billing/plans';
import { findLocale } from '@/lib/locale';

/** Redirects to Stripe Checkout for the plan and interval in the form. */
export async function subscribe(form: FormData): Promise<never> {
  const plan = findPaidPlan(form.get('plan'));
  const interval = form.get('interval');
  if (!isInterval(interval)) redirect('/pricing?problem=unknown-plan');
  const page = `/pricing?interval=${interval}` as const;
  if (!plan) redirect(`${page}&problem=unknown-plan`);
  const account = await requireBillingAccount(page);
  const locale = findLocale(account.locale) ?? (await browserLocale());
  redirect(
    await urlOrProblem(
      '/pricing',
      async () => {
        await limitClicks(account.id);
        return createCheckoutUrl(account, plan, interval, locale);
      },
      { interval },
    ),
  );
}
