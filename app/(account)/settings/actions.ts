'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { requireUser } from '@/lib/auth/session';
import { endSession, endSessionOf, endSessionsOf } from '@/lib/auth/sessions';
import { requireBillingAccount } from '@/lib/billing/account';
import { urlOrProblem } from '@/lib/billing/errors';
import { db } from '@/lib/db';
import { deleteAccount } from '@/lib/delete-account';
import { findLocale } from '@/lib/locale';
import { setWantsTips } from '@/lib/mail/unsubscribe';
import { findTheme } from '@/lib/theme';

// Control characters are nobody's name, and PostgreSQL takes no NUL.
const profile = z.object({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^\P{Cc}*$/u),
});

/** Saves the user's name (empty clears it), the language of dates and money, and the theme. */
export async function saveProfile(form: FormData): Promise<never> {
  const user = await requireUser('/settings');
  const fields = profile.safeParse({ name: form.get('name') });
  if (!fields.success) redirect('/settings?problem=name');
  await db().user.update({
    where: { id: user.id },
    data: {
      name: fields.data.name || null,
      locale: findLocale(form.get('locale')),
      theme: findTheme(form.get('theme')),
    },
  });
  // The theme is set in the root layout, which the browser keeps when it navigates.
  revalidatePath('/', 'layout');
  redirect('/settings?saved=1');
}

/** Saves whether the user wants the e-mails that are not about money. */
export async function saveMailChoice(form: FormData): Promise<never> {
  const user = await requireUser('/settings');
  await setWantsTips(user.id, form.get('tips') === 'on');
  redirect('/settings?saved=1');
}

/** Signs this browser out. */
export async function signOut(): Promise<never> {
  await endSession();
  redirect('/');
}

/** Signs out every browser, including this one. */
export async function signOutEverywhere(): Promise<never> {
  const user = await requireUser('/settings');
  await endSessionsOf(user.id);
  redirect('/');
}

/** Signs out another browser, by the session ID in the form. */
export async function signOutThere(form: FormData): Promise<never> {
  const user = await requireUser('/settings');
  await endSessionOf(user.id, String(form.get('session')));
  redirect('/settings?ended=1');
}

/** Ends the user's billing at Stripe, then deletes everything we store about them. */
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
