'use server';

import { notFound, redirect } from 'next/navigation';
import { requireClick } from '@/lib/billing/account';
import { urlAfterClick } from '@/lib/billing/click-limit';
import { deleteTeam } from '@/lib/team/delete-team';
import { may } from '@/lib/team/roles';

/** Deletes the team that the person acts for, once they have typed its name. */
export async function removeTeam(form: FormData): Promise<never> {
  const click = await requireClick('/team/delete');
  const { person, role, name } = click;
  if (!person || !role || !may(role, 'deleteTeam')) notFound();
  // The name also tells another team that was switched to in another tab.
  if (form.get('confirm') !== name) redirect('/team/delete?problem=confirm');
  redirect(
    await urlAfterClick(click, '/team/delete', async () => {
      await deleteTeam({ ...click, person });
      return '/dashboard';
    }),
  );
}
