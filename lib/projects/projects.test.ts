import { expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { createApiKey } from '../api-keys';
import { freePlan } from '../billing/plans';
import { release } from '../usage/consume';
import { LimitReached } from '../usage/limit-reached';
import { exportProjects, toCsv } from './export-projects';
import { createProject, deleteProject, findProject, projectsOf, renameProject } from './projects';
import { recentActivity } from './recent-activity';

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

it('recent activity has the latest first, and an export only once it succeeded', async () => {
  const user = await createUser();
  expect(await recentActivity(user.id)).toEqual([]);
  await createProject(user, 'Harbour');
  await createApiKey(user, 'Robot');
  await exportProjects(user);
  const kinds = async () => (await recentActivity(user.id)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(['exported', 'key_created', 'created']);
  expect((await recentActivity(user.id)).at(-1)).toMatchObject({ name: 'Harbour' });
  await release(user, 'exports');
  expect(await kinds()).toEqual(['key_created', 'created']);
  expect(await recentActivity((await createUser()).id)).toEqual([]);
});

it('a name in an export stays one cell, and runs nothing in a spreadsheet', () => {
  const createdAt = new Date('2026-01-02T03:04:05Z');
  expect(toCsv([{ id: 'a', name: '=1+"x",', createdAt }])).toBe(
    `"id","name","created"\r\n"a","'=1+""x"",","2026-01-02T03:04:05.000Z"\r\n`,
  );
});
