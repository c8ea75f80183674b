'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { requireUser } from '@/lib/auth/session';
import { endSession } from '@/lib/auth/sign-in';
import { requireBillingAccount } from '@/lib/billing/account';
import { urlOrProblem } from '@/lib/billing/errors';
import { db } from '@/lib/db';
import { deleteAccount } from '@/lib/delete-account';
import { findLocale } from '@/lib/locale';

const profile = z.object({ name: z.string().trim().max(100) });

/** Saves the user's name, where an empty one clears it, and the language of dates and money. */
export async function saveProfile(form: FormData): Promise<never> {
  const user = await requireUser('/settings');
  const fields = profile.safeParse({ name: form.get('name') });
  if (!fields.success) redirect('/settings?problem=name');
  await db().user.update({
    where: { id: user.id },
    data: { name: fields.data.name || null, locale: findLocale(form.get('locale')) },
  });
  redirect('/settings?saved=1');
}

/** Signs this browser out. */
export async function signOut(): Promise<never> {
  await endSession();
  redirect('/');
}

/** Signs every browser out, this one too. */
export async function signOutEverywhere(): Promise<never> {
  const user = await requireUser('/settings');
  await db().session.deleteMany({ where: { userId: user.id } });
  await endSession();
  redirect('/');
}

/** Ends the user's billing at Stripe, then deletes everything we hold of them. */
export async function removeAccount(form: FormData): Promise<never> {
  const account = await requireBillingAccount('/settings');
  if (form.get('confirm') !== account.email) redirect('/settings?problem=confirm');
  const leave = await urlOrProblem('/settings', async () => {
    await deleteAccount(account);
    return '/';
  });
  if (leave === '/') await endSession();
  redirect(leave);
}
