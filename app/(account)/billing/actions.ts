'use server';

import { redirect } from 'next/navigation';
import type { AbsoluteUrl } from '@/lib/absolute-url';
import { browserLocale } from '@/lib/auth/session';
import { type BillingAccount, requireBillingAccount } from '@/lib/billing/account';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { keepPlan as keepPlanAsItIs } from '@/lib/billing/keep-plan';
import { allowNotice } from '@/lib/billing/notice-cookie';
import type { Notice } from '@/lib/billing/notices';
import { findPlanChoice } from '@/lib/billing/plans';
import { createPortalUrl } from '@/lib/billing/portal';
import type { PortalPurpose } from '@/lib/billing/portal-flow';
import { openCancellation } from '@/lib/billing/retention-offer';
import { findLocale, type Locale } from '@/lib/locale';

/** Each action redirects to the signed-in user's Stripe Billing Portal: its home page or one flow. */
export async function manageBilling(): Promise<never> {
  return openPortal({ flow: 'home' });
}

export async function updateCard(): Promise<never> {
  return openPortal({ flow: 'payment_method_update' });
}

export async function changeBillingDetails(): Promise<never> {
  return openPortal({ flow: 'customer_update' });
}

export async function changePlan(): Promise<never> {
  return openPortal({ flow: 'subscription_update' });
}

export async function cancelPlan(): Promise<never> {
  return atStripe(openCancellation);
}

/** Takes back what is planned: a cancellation, or a change of plan. */
export async function keepPlan(): Promise<never> {
  return atStripe(async (account) => billingWith(await keepPlanAsItIs(account)));
}

export async function pausePlan(): Promise<never> {
  return openPortal({ flow: 'subscription_pause' });
}

/** Opens the portal where it confirms the switch to the plan and interval in the form. */
export async function switchPlan(form: FormData): Promise<never> {
  const choice = findPlanChoice(form.get('plan'), form.get('interval'));
  if (!choice) redirect('/pricing?problem=unknown-plan');
  return openPortal({ flow: 'subscription_update_confirm', ...choice });
}

function openPortal(purpose: PortalPurpose): Promise<never> {
  return atStripe((account, locale) => createPortalUrl(account, purpose, locale));
}

/** Does something at Stripe for the signed-in user, and redirects to where that leads. */
async function atStripe(
  verb: (account: BillingAccount, locale: Locale | null) => Promise<Url>,
): Promise<never> {
  const account = await requireBillingAccount('/billing');
  const locale = findLocale(account.locale) ?? (await browserLocale());
  redirect(
    await urlOrProblem('/billing', async () => {
      await limitClicks(account.id);
      return verb(account, locale);
    }),
  );
}

type Url = AbsoluteUrl | Awaited<ReturnType<typeof billingWith>>;

/** The billing page with a notice that this browser may be shown. */
async function billingWith(notice: Notice) {
  await allowNotice(notice);
  return `/billing?notice=${notice}` as const;
}
