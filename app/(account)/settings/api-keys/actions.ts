'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { createApiKey, revokeApiKey } from '@/lib/api-keys';
import { requireRight } from '@/lib/auth/session';
import { projectName } from '@/lib/projects/projects';
import { requireFeature } from '@/lib/require-feature';

/**
 * Creates an API key with the name in the form.
 *
 * @returns the key, for the page that answers this form and nowhere else: not in an address or a cookie
 */
export async function addApiKey(_: string | null, form: FormData): Promise<string> {
  await requireRight('manageApiKeys', '/settings');
  const user = await requireFeature('api', '/settings');
  const name = projectName.safeParse(form.get('key'));
  if (!name.success) redirect('/settings?problem=key-name#api-keys');
  const created = await createApiKey(user, name.data);
  if ('problem' in created) redirect(`/settings?problem=${created.problem}#api-keys`);
  revalidatePath('/settings');
  return created.key;
}

/** Revokes the API key in the form. Also for those whose plan does not include the API any more. */
export async function removeApiKey(form: FormData): Promise<never> {
  const user = await requireRight('manageApiKeys', '/settings');
  await revokeApiKey(user, String(form.get('key')));
  // The browser would not load the page that it is on again for an address that differs in its fragment.
  revalidatePath('/settings');
  redirect('/settings#api-keys');
}
