import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { requireUser } from '@/lib/auth/session';
import { noticeOnReturn } from '@/lib/billing/return';

/** Where Stripe's pages lead back to: the billing page, once our database says what Stripe says. */
export async function GET(request: NextRequest): Promise<never> {
  const from = request.nextUrl.searchParams.get('from') === 'checkout' ? 'checkout' : 'portal';
  const user = await requireUser(`/billing/return?from=${from}`);
  const notice = await noticeOnReturn(user, from);
  redirect(notice ? `/billing?notice=${notice}` : '/billing');
}
