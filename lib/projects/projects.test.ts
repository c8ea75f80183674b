import { expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { freePlan } from '../billing/plans';
import { LimitReached } from '../usage/limit-reached';
import { exportProjects, toCsv } from './export-projects';
import { createProject, deleteProject, findProject, projectsOf, renameProject } from './projects';

it('a project is renamed and deleted by its owner, and by nobody else', async () => {
  const [owner, stranger] = [await createUser(), await createUser()];
  const { id } = await createProject(owner, 'Harbour');
  await renameProject(stranger.id, id, 'Taken');
  await deleteProject(stranger.id, id);
  expect(await findProject(stranger.id, id)).toBeNull();
  expect(await findProject(owner.id, id)).toMatchObject({ name: 'Harbour' });
  await renameProject(owner.id, id, 'Lighthouse');
  expect(await findProject(owner.id, id)).toMatchObject({ name: 'Lighthouse' });
  await deleteProject(owner.id, id);
  expect(await projectsOf(owner.id)).toEqual([]);
});

it('an export contains the projects, until none is left', async () => {
  const user = await createUser();
  await createProject(user, 'Harbour');
  for (let count = 0; count < freePlan.limits.exports; count++) {
    expect(await exportProjects(user)).toContain('"Harbour"');
  }
  await expect(exportProjects(user)).rejects.toThrow(LimitReached);
});

it('a name in an export stays one cell, and runs nothing in a spreadsheet', () => {
  const createdAt = new Date('2026-01-02T03:04:05Z');
  expect(toCsv([{ id: 'a', name: '=1+"x",', createdAt }])).toBe(
    `"id","name","created"\r\n"a","'=1+""x"",","2026-01-02T03:04:05.000Z"\r\n`,
  );
});
