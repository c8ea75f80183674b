'use server';

import { redirect } from 'next/navigation';
import { browserLocale } from '@/lib/auth/session';
import { requireBillingAccount } from '@/lib/billing/account';
import { createCheckoutUrl } from '@/lib/billing/checkout';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { findPlanChoice } from '@/lib/billing/plans';
import { findLocale } from '@/lib/locale';

/** Redirects to Stripe Checkout for the plan and interval in the form. */
export async function subscribe(form: FormData): Promise<never> {
  const choice = findPlanChoice(form.get('plan'), form.get('interval'));
  if (!choice) redirect('/pricing?problem=unknown-plan');
  const { plan, interval } = choice;
  const account = await requireBillingAccount(`/pricing?interval=${interval}`);
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
