import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { requireUser } from '@/lib/auth/session';
import { billingWith } from '@/lib/billing/notice-cookie';
import { findDone, noticeOnReturn } from '@/lib/billing/return';
import { may } from '@/lib/team/roles';

/** Where people arrive when they come back from Stripe: updates our database, then shows billing. */
export async function GET(request: NextRequest): Promise<never> {
  const done = findDone(request.nextUrl.searchParams.get('done'));
  const user = await requireUser(done ? `/billing/return?done=${done}` : '/billing/return');
  // They may have switched to another team meanwhile.
  const notice = may(user.role, 'manageBilling') ? await noticeOnReturn(user, done) : null;
  redirect(notice ? await billingWith(notice) : '/billing');
}
