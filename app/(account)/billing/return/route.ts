import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { requireUser } from '@/lib/auth/session';
import { allowNotice } from '@/lib/billing/notice-cookie';
import { findDone, noticeOnReturn } from '@/lib/billing/return';

/** Where people arrive when they come back from Stripe: updates our database, then shows billing. */
export async function GET(request: NextRequest): Promise<never> {
  const done = findDone(request.nextUrl.searchParams.get('done'));
  const user = await requireUser(done ? `/billing/return?done=${done}` : '/billing/return');
  const notice = await noticeOnReturn(user, done);
  if (!notice) redirect('/billing');
  await allowNotice(notice);
  redirect(`/billing?notice=${notice}`);
}
