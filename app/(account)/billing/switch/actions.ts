'use server';

import { redirect } from 'next/navigation';
import { requireClick } from '@/lib/billing/account';
import { changePlan } from '@/lib/billing/change-plan';
import { urlAfterClick } from '@/lib/billing/click-limit';
import { billingWith } from '@/lib/billing/notice-cookie';
import { isTiming, seatsOf, seatsProblem } from '@/lib/billing/plan-change';
import { findPlanChoice } from '@/lib/billing/plans';

/** Makes the change that the form names, if it still costs what the page said. */
export async function confirmChange(form: FormData): Promise<never> {
  const account = await requireClick('/billing');
  const choice = findPlanChoice(form.get('plan'), form.get('interval'));
  if (!choice) redirect('/pricing?problem=unknown-plan');
  if (!account.subscription) redirect('/pricing');
  const seats = String(form.get('seats') ?? '');
  const { subscription, members } = account;
  const quantity = seatsOf(choice, subscription, members, seats);
  if (quantity === null) redirect(`/pricing?problem=${seatsProblem(members)}`);
  const [timing, at, dueNow] = ['timing', 'at', 'dueNow'].map((name) => form.get(name));
  const code = String(form.get('code') ?? '');
  redirect(
    await urlAfterClick(
      account,
      '/billing/switch',
      async () => {
        const seen = {
          timing: isTiming(timing) ? timing : null,
          at: Number(at ?? Number.NaN),
          dueNow: Number(dueNow ?? Number.NaN),
          code,
        };
        const result = await changePlan(account, { ...choice, quantity }, seen);
        return 'pay' in result ? result.pay : billingWith(result.notice);
      },
      { plan: choice.plan.name, interval: choice.interval, seats, ...(code && { code }) },
    ),
  );
}
