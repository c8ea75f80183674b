'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { requireUser } from '@/lib/auth/session';
import { endSession } from '@/lib/auth/sign-in';
import { db } from '@/lib/db';

const profile = z.object({ name: z.string().trim().max(100) });

/** Saves the user's name; an empty one clears it. */
export async function saveProfile(form: FormData): Promise<never> {
  const user = await requireUser('/settings');
  const fields = profile.safeParse({ name: form.get('name') });
  if (!fields.success) redirect('/settings?problem=name');
  await db().user.update({ where: { id: user.id }, data: { name: fields.data.name || null } });
  redirect('/settings?saved=1');
}

/** Signs this browser out. */
export async function signOut(): Promise<never> {
  await endSession();
  redirect('/');
}
