import { z } from 'zod';
import { db } from '../db';
import { createWithin } from '../usage/create-within';

/** A project as pages and the API show it. */
export type ProjectView = { id: string; name: string; createdAt: Date };

/** What a project may be called; a form or a request is checked with this. */
export const projectName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u);

const columns = { id: true, name: true, createdAt: true } as const;

/** A person's projects, the newest first: also those above the limit of a smaller plan. */
export function projectsOf(userId: string): Promise<ProjectView[]> {
  return db().project.findMany({
    where: { userId },
    select: columns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
}

/** One of a person's projects; null when it is not theirs or does not exist. */
export function findProject(userId: string, id: string): Promise<ProjectView | null> {
  return db().project.findFirst({ where: { id, userId }, select: columns });
}

/** @throws LimitReached when their plan allows no more */
export function createProject(user: { id: string }, name: string): Promise<ProjectView> {
  return createWithin(user, 'projects', (transaction) =>
    transaction.project.create({ data: { userId: user.id, name }, select: columns }),
  );
}

/** Renames a project of this person; nothing happens to another's. */
export async function renameProject(userId: string, id: string, name: string): Promise<void> {
  await db().project.updateMany({ where: { id, userId }, data: { name } });
}

/** Deletes a project of this person; nothing happens to another's. */
export async function deleteProject(userId: string, id: string): Promise<void> {
  await db().project.deleteMany({ where: { id, userId } });
}
