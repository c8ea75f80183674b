'use server';

import { revalidatePath } from 'next/cache';
import { requirePerson } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { findLocale } from '@/lib/locale';
import { findTheme } from '@/lib/theme';

/** Saves the language chosen in the account menu; any other value follows the browser. */
export async function chooseLanguage(form: FormData): Promise<void> {
  await save({ locale: findLocale(form.get('locale')) });
}

/** Saves the theme chosen in the account menu; any other value follows the system. */
export async function chooseTheme(form: FormData): Promise<void> {
  await save({ theme: findTheme(form.get('theme')) });
}

async function save(data: { locale: string | null } | { theme: string | null }): Promise<void> {
  const user = await requirePerson('/settings');
  await db().user.update({ where: { id: user.id }, data });
  // Both are set in the root layout, which the browser keeps when it navigates.
  revalidatePath('/', 'layout');
}
