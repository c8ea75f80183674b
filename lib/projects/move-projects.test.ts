import { expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { createApiKey } from '../api-keys';
import { db } from '../db';
import { moveProjects } from './move-projects';
import { createProject, projectsOf } from './projects';

it('gives a team the projects and the API keys, but for a key of a name that the team has', async () => {
  const person = await createUser();
  const team = await db().team.create({
    data: {
      name: 'Crew',
      email: person.email,
      members: { create: { userId: person.id, role: 'owner' } },
    },
    include: { members: true },
  });
  const member = team.members[0]?.id ?? '';
  await createProject(person, 'Harbour');
  await createApiKey(person, 'Robot');
  await createApiKey(person, 'Twin');
  await createApiKey({ id: team.id, person, role: 'owner' }, 'Twin');
  await db().$transaction((transaction) =>
    moveProjects(transaction, person.id, { id: team.id, member }),
  );
  expect(await projectsOf(team.id)).toMatchObject([{ name: 'Harbour' }]);
  expect(await projectsOf(person.id)).toEqual([]);
  const keysOf = (userId: string) =>
    db().apiKey.findMany({ where: { userId }, orderBy: { name: 'asc' } });
  expect(await keysOf(team.id)).toMatchObject([
    { name: 'Robot', memberId: member },
    { name: 'Twin' },
  ]);
  expect(await keysOf(person.id)).toMatchObject([{ name: 'Twin', memberId: null }]);
});
