'use server';

import { redirect } from 'next/navigation';
import { requireBillingAccount } from '@/lib/billing/account';
import { limitClicks } from '@/lib/billing/click-limit';
import { urlOrProblem } from '@/lib/billing/errors';
import { allowNotice } from '@/lib/billing/notice-cookie';
import { resumeSubscription } from '@/lib/billing/resume';

/** Resumes the signed-in user's paused plan, and shows what became of it. */
export async function resumePlan(): Promise<never> {
  const account = await requireBillingAccount('/billing');
  redirect(
    await urlOrProblem('/billing', async () => {
      await limitClicks(account.id);
      const notice = await resumeSubscription(account);
      if (!notice) return '/billing';
      await allowNotice(notice);
      return `/billing?notice=${notice}`;
    }),
  );
}
