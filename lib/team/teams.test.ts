import { expect, it } from 'vitest';
import { inBrowser } from '@/test/support/browser';
import { createUser, personOf } from '@/test/support/integration';
import { auditEntries } from '../audit';
import { currentUser } from '../auth/session';
import { db } from '../db';
import { actFor, createTeam, teamName, teamsOf } from './teams';

it('who makes a team owns it, and acts for it in this browser alone', async () => {
  const user = await createUser();
  const [here, there] = [await personOf(user), await personOf(user)];
  expect(await inBrowser(here, () => createTeam(user, 'Harbour'))).toBe(true);
  const [team] = await teamsOf(user, 'owner');
  expect(team?.name).toBe('Harbour');
  expect(await inBrowser(here, currentUser)).toMatchObject({
    id: team?.id,
    name: 'Harbour',
    email: user.email,
    role: 'owner',
    person: { id: user.id },
  });
  expect(await inBrowser(there, currentUser)).toMatchObject({ id: user.id, role: null });
  expect(await auditEntries(team?.id ?? '', 5)).toMatchObject([{ action: 'team_created' }]);
});

it('a form that is sent twice makes one team', async () => {
  const user = await createUser();
  const browser = await personOf(user);
  const make = () => inBrowser(browser, () => createTeam(user, 'Harbour'));
  expect(await Promise.all([make(), make()])).toEqual([true, true]);
  expect(await teamsOf(user, 'owner')).toHaveLength(1);
});

it('nobody owns more than 20 teams, however many forms are sent at once', async () => {
  const user = await createUser();
  const browser = await personOf(user);
  for (let number = 1; number < 20; number++) {
    const members = { create: { userId: user.id, role: 'owner' } };
    await db().team.create({ data: { name: `Team ${number}`, email: user.email, members } });
  }
  const make = (name: string) => inBrowser(browser, () => createTeam(user, name));
  const made = await Promise.all([make('One'), make('Two'), make('Three')]);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await teamsOf(user, 'owner')).toHaveLength(20);
});

it('nobody acts for a team that they are not in, or in somebody else’s browser', async () => {
  const [owner, stranger] = [await createUser(), await createUser()];
  const [own, foreign] = [await personOf(owner), await personOf(stranger)];
  await inBrowser(own, () => createTeam(owner, 'Harbour'));
  const [team] = await teamsOf(owner, 'owner');
  const id = team?.id ?? '';
  expect(await inBrowser(foreign, () => actFor(stranger, id))).toBe(false);
  expect(await inBrowser(foreign, () => actFor(owner, id))).toBe(false);
  expect(await inBrowser(foreign, () => actFor(stranger, 'nonsense'))).toBe(false);
  expect(await inBrowser(foreign, currentUser)).toMatchObject({ id: stranger.id, role: null });
  expect(await inBrowser(own, () => actFor(owner, null))).toBe(true);
  expect(await inBrowser(own, currentUser)).toMatchObject({ id: owner.id, role: null });
});

it('who is removed and joins again does not act for the team by itself', async () => {
  const user = await createUser();
  const browser = await personOf(user);
  await inBrowser(browser, () => createTeam(user, 'Harbour'));
  const [team] = await teamsOf(user, 'owner');
  await db().member.deleteMany({ where: { userId: user.id } });
  expect(await inBrowser(browser, currentUser)).toMatchObject({ id: user.id, role: null });
  await db().member.create({
    data: { userId: user.id, teamId: team?.id ?? '', role: 'member' },
  });
  expect(await inBrowser(browser, currentUser)).toMatchObject({ id: user.id, role: null });
});

it.each([
  ['', false],
  ['   ', false],
  ['a'.repeat(61), false],
  ['See https://example.com', false],
  ['WWW.example.com', false],
  ['Line\nbreak', false],
  ['Müller & Söhne', true],
  [' Harbour ', true],
])('a team called %j: %s', (name, isRight) => {
  expect(teamName.safeParse(name).success).toBe(isRight);
});
