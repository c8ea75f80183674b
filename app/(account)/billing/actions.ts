'use server';

import { redirect } from 'next/navigation';
import { browserLocale } from '@/lib/auth/session';
import { requireBillingAccount } from '@/lib/billing/account';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { findPlanChoice, retentionOffer } from '@/lib/billing/plans';
import { createPortalUrl } from '@/lib/billing/portal';
import type { PortalPurpose } from '@/lib/billing/portal-flow';
import { findLocale } from '@/lib/locale';

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
  return openPortal({ flow: 'subscription_cancel', offer: retentionOffer.name });
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

async function openPortal(purpose: PortalPurpose): Promise<never> {
  const account = await requireBillingAccount('/billing');
  const locale = findLocale(account.locale) ?? (await browserLocale());
  redirect(
    await urlOrProblem('/billing', async () => {
      await limitClicks(account.id);
      return createPortalUrl(account, purpose, locale);
    }),
  );
}
