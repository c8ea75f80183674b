'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/auth/session';
import { createProject, deleteProject, projectName, renameProject } from '@/lib/projects/projects';
import { LimitReached } from '@/lib/usage/limit-reached';

/** Creates a project with the name in the form. */
export async function addProject(form: FormData): Promise<never> {
  const user = await requireUser('/projects');
  const name = projectName.safeParse(form.get('name'));
  if (!name.success) redirect('/projects?problem=name');
  const hasRoom = await createProject(user, name.data).then(() => true, isNotLimit);
  redirect(hasRoom ? '/projects' : '/projects?problem=projects');
}

/** Gives the project in the form the name in the form. */
export async function changeName(form: FormData): Promise<never> {
  const user = await requireUser('/projects');
  const name = projectName.safeParse(form.get('name'));
  if (!name.success) redirect('/projects?problem=name');
  await renameProject(user.id, String(form.get('project')), name.data);
  redirect('/projects');
}

/** Deletes the project in the form. */
export async function removeProject(form: FormData): Promise<never> {
  const user = await requireUser('/projects');
  await deleteProject(user.id, String(form.get('project')));
  redirect('/projects');
}

/** @throws what is no {@link LimitReached} */
function isNotLimit(error: unknown): false {
  if (error instanceof LimitReached) return false;
  throw error;
}
