'use server';

import type { Route } from 'next';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { requirePerson } from '@/lib/auth/session';
import { endSession } from '@/lib/auth/sessions';
import { joinTeam } from '@/lib/team/join';

/** Joins with the invitation in the form; its page says why not. A member acts for the team from then on. */
export async function join(form: FormData): Promise<never> {
  const page = pageOf(form);
  const isMember = await joinTeam(await requirePerson(page), String(form.get('token')));
  // The header shows for whom one acts, and the browser keeps it when it navigates.
  revalidatePath('/', 'layout');
  redirect(isMember ? '/team' : page);
}

/** Signs out, to come back as whom the invitation is for. */
export async function signInAsAnother(form: FormData): Promise<never> {
  await endSession();
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(pageOf(form))}`);
}

function pageOf(form: FormData): Route {
  return `/invitation?token=${encodeURIComponent(String(form.get('token')))}`;
}
