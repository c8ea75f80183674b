'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { auditSoon } from '@/lib/audit';
import { parseEmailAddress } from '@/lib/auth/email-address';
import { changeEmail, sendEmailChangeLink } from '@/lib/auth/email-change';
import { requirePerson } from '@/lib/auth/session';
import { endSession, endSessionOf, endSessionsOf } from '@/lib/auth/sessions';
import { findBillingAccount } from '@/lib/billing/account';
import { limitClicks, urlAfterClick } from '@/lib/billing/click-limit';
import { db } from '@/lib/db';
import { deleteAccount, goodbyeCookie } from '@/lib/delete-account';
import { findLocale } from '@/lib/locale';
import { setWantsTips } from '@/lib/mail/unsubscribe';
import { readersLanguage } from '@/lib/reader';
import { setCookie } from '@/lib/set-cookie';
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
  const user = await requirePerson('/settings');
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
  const user = await requirePerson('/settings');
  await setWantsTips(user.id, form.get('tips') === 'on');
  redirect('/settings?saved=1');
}

/** Sends a link to the new address in the form. */
export async function requestEmail(form: FormData): Promise<never> {
  const user = await requirePerson('/settings');
  const email = parseEmailAddress(form.get('email'));
  if (!email || email === user.email) redirect('/settings?problem=email');
  const problem = await sendEmailChangeLink(user, email, await readersLanguage());
  redirect(problem ? `/settings?problem=${problem}` : '/settings?sent=1');
}

/** Changes the address to the one that the link in the form was sent to. */
export async function confirmEmail(form: FormData): Promise<never> {
  const user = await requirePerson('/settings');
  const isChanged = await changeEmail(user, String(form.get('token')));
  redirect(isChanged ? '/settings?saved=1' : '/settings?problem=email-link');
}

/** Signs this browser out. */
export async function signOut(): Promise<never> {
  await endSession();
  redirect('/');
}

/** Signs out every browser, including this one. */
export async function signOutEverywhere(): Promise<never> {
  const user = await requirePerson('/settings');
  await endSessionsOf(user.id);
  auditSoon({ userId: user.id, actor: 'person', action: 'signed_out_everywhere' });
  redirect('/');
}

/** Signs out another browser, by the session ID in the form. */
export async function signOutThere(form: FormData): Promise<never> {
  const user = await requirePerson('/settings');
  const isEnded = await endSessionOf(user.id, String(form.get('session')));
  if (isEnded) auditSoon({ userId: user.id, actor: 'person', action: 'browser_signed_out' });
  redirect('/settings?ended=1');
}

/** Ends the user's billing at Stripe, then deletes everything we store about them. */
export async function removeAccount(form: FormData): Promise<never> {
  const { id, email } = await requirePerson('/settings');
  if (form.get('confirm') !== email) redirect('/settings?problem=confirm');
  const account = { ...(await findBillingAccount(id)), clicks: 0 };
  const leave = await urlAfterClick(account, '/settings', async () => {
    await limitClicks(id);
    await deleteAccount(account);
    return goodbyeCookie.path;
  });
  if (leave === goodbyeCookie.path) {
    await endSession();
    await setCookie({ ...goodbyeCookie, value: '1' });
  }
  redirect(leave);
}
