'use server';

import { redirect } from 'next/navigation';
import { requireClick } from '@/lib/billing/account';
import { createCheckoutUrl } from '@/lib/billing/checkout';
import { urlAfterClick } from '@/lib/billing/click-limit';
import { seatsFor } from '@/lib/billing/plan-change';
import { findCurrency, findPlanChoice, isInterval } from '@/lib/billing/plans';
import { currencyCookie, shownCurrency } from '@/lib/billing/shown-currency';
import { findLocale } from '@/lib/locale';
import { browserLocale } from '@/lib/reader';
import { setCookie } from '@/lib/set-cookie';

const COOKIE_SECONDS = 365 * 24 * 60 * 60;

/** Redirects to Stripe Checkout for what the form names. */
export async function subscribe(form: FormData): Promise<never> {
  const choice = findPlanChoice(form.get('plan'), form.get('interval'));
  if (!choice) redirect('/pricing?problem=unknown-plan');
  const { interval } = choice;
  const code = codeIn(form);
  const account = await requireClick(`/pricing?${new URLSearchParams({ interval, ...code })}`);
  const seats = seatsFor(choice.plan, account.members, Number(form.get('seats') ?? 1));
  const currency = findCurrency(form.get('currency')) ?? (await shownCurrency());
  const locale = findLocale(account.locale) ?? (await browserLocale());
  const order = { ...choice, ...code, currency, seats, trial: form.get('trial') === 'yes' };
  const open = () => createCheckoutUrl(account, order, locale);
  redirect(await urlAfterClick(account, '/pricing', open, { interval, ...code }));
}

/** Remembers in the browser which currency somebody wants to see and pay in. */
export async function chooseCurrency(form: FormData): Promise<never> {
  const currency = findCurrency(form.get('currency'));
  const interval = form.get('interval');
  if (currency) {
    await setCookie({ name: currencyCookie, value: currency, maxAge: COOKIE_SECONDS });
  }
  const kept = { ...(isInterval(interval) && { interval }), ...codeIn(form) };
  redirect(`/pricing?${new URLSearchParams(kept)}`);
}

/** The promotion code that a form carries on, if any. */
function codeIn(form: FormData): { code?: string } {
  const code = form.get('code');
  return typeof code === 'string' && code !== '' ? { code: code.slice(0, 100) } : {};
}
