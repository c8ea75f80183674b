'use server';

import { redirect } from 'next/navigation';
import type { AbsoluteUrl } from '@/lib/absolute-url';
import { type BillingAccount, requireClick } from '@/lib/billing/account';
import { urlAfterClick } from '@/lib/billing/click-limit';
import { keepPlan as keepPlanAsItIs } from '@/lib/billing/keep-plan';
import { billingWith } from '@/lib/billing/notice-cookie';
import { urlToPay } from '@/lib/billing/pay-now';
import { createPortalUrl } from '@/lib/billing/portal';
import type { PortalPurpose } from '@/lib/billing/portal-flow';
import { resumeSubscription } from '@/lib/billing/resume';
import { openCancellation } from '@/lib/billing/retention-offer';
import { subscribeAgain as subscribeToTheSame } from '@/lib/billing/subscribe-again';
import { findLocale, type Locale } from '@/lib/locale';
import { browserLocale } from '@/lib/reader';

/** These redirect to the signed-in user's Stripe Billing Portal: its home page or one flow. */
export async function manageBilling(): Promise<never> {
  return openPortal({ flow: 'home' });
}

export async function updateCard(): Promise<never> {
  return openPortal({ flow: 'payment_method_update' });
}

export async function changeBillingDetails(): Promise<never> {
  return openPortal({ flow: 'customer_update' });
}

/** A team's seats follow its members, which the portal cannot know: it changes its plan on our pages. */
export async function changePlan(): Promise<never> {
  return atStripe((account, locale) =>
    account.members === null
      ? createPortalUrl(account, { flow: 'subscription_update' }, locale)
      : Promise.resolve('/pricing'),
  );
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

/** Opens Stripe's page for what is open, to pay it or to approve the payment. */
export async function payNow(): Promise<never> {
  return atStripe(async (account) => (await urlToPay(account)) ?? billingWith('nothing-open'));
}

/** Resumes the signed-in user's paused plan, and shows what became of it. */
export async function resumePlan(): Promise<never> {
  return atStripe(async (account) => {
    const notice = await resumeSubscription(account);
    return notice ? billingWith(notice) : '/billing';
  });
}

/** Subscribes the signed-in user, whose plan has ended, to the same plan with the card on file. */
export async function subscribeAgain(): Promise<never> {
  return atStripe(async (account) => {
    const result = await subscribeToTheSame(account);
    return 'pay' in result ? result.pay : billingWith(result.notice);
  });
}

function openPortal(purpose: PortalPurpose): Promise<never> {
  return atStripe((account, locale) => createPortalUrl(account, purpose, locale));
}

/** Does something at Stripe for the signed-in user, and redirects to where that leads. */
async function atStripe(
  verb: (account: BillingAccount, locale: Locale | null) => Promise<Url>,
): Promise<never> {
  const account = await requireClick('/billing');
  const locale = findLocale(account.locale) ?? (await browserLocale());
  redirect(await urlAfterClick(account, '/billing', () => verb(account, locale)));
}

type Url = AbsoluteUrl | '/billing' | '/pricing' | Awaited<ReturnType<typeof billingWith>>;
