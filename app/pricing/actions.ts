'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { browserLocale } from '@/lib/auth/session';
import { requireBillingAccount } from '@/lib/billing/account';
import { createCheckoutUrl } from '@/lib/billing/checkout';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { findCurrency, findPlanChoice, isInterval } from '@/lib/billing/plans';
import { currencyCookie, shownCurrency } from '@/lib/billing/shown-currency';
import { env } from '@/lib/env';
import { findLocale } from '@/lib/locale';

const COOKIE_SECONDS = 365 * 24 * 60 * 60;

/** Redirects to Stripe Checkout for what the form names. */
export async function subscribe(form: FormData): Promise<never> {
  const choice = findPlanChoice(form.get('plan'), form.get('interval'));
  if (!choice) redirect('/pricing?problem=unknown-plan');
  const { interval } = choice;
  const account = await requireBillingAccount(`/pricing?interval=${interval}`);
  const seats = Number(form.get('seats') ?? 1);
  const currency = findCurrency(form.get('currency')) ?? (await shownCurrency());
  const locale = findLocale(account.locale) ?? (await browserLocale());
  redirect(
    await urlOrProblem(
      '/pricing',
      async () => {
        await limitClicks(account.id);
        return createCheckoutUrl(account, { ...choice, currency, seats }, locale);
      },
      { interval },
    ),
  );
}

/** Remembers in the browser which currency somebody wants to see and pay in. */
export async function chooseCurrency(form: FormData): Promise<never> {
  const currency = findCurrency(form.get('currency'));
  const interval = form.get('interval');
  if (currency) {
    (await cookies()).set(currencyCookie, currency, {
      httpOnly: true,
      sameSite: 'lax',
      secure: env().NEXTAUTH_URL.startsWith('https:'),
      maxAge: COOKIE_SECONDS,
    });
  }
  redirect(isInterval(interval) ? `/pricing?interval=${interval}` : '/pricing');
}
