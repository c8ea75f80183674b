import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { addMember, createMembers } from '@/test/support/teams';
import { auditEntries } from '../audit';
import { hashToken } from '../auth/token-hash';
import { findClick } from '../billing/account';
import { db } from '../db';
import {
  type Actor,
  acceptTeam,
  changeRole,
  leaveTeam,
  membersOf,
  offerTeam,
  removeMember,
} from './members';
import { may, type Right, roles } from './roles';

const notAllowed = { problem: 'not-allowed' };

const verbs: [Right, (actor: Actor, other: string) => Promise<void>][] = [
  ['removeMembers', removeMember],
  ['changeRoles', (actor, other) => changeRole(actor, other, 'admin')],
  ['handOver', offerTeam],
  ['leave', leaveTeam],
];

describe.each(verbs)('%s', (right, verb) => {
  it.each(roles)('asked by the %s, it follows the table of rights', async (role) => {
    const team = await createMembers();
    const other = await addMember(team.owner.id, 'member');
    const before = await rolesIn(team.owner.id);
    const done = verb(team[role], other.member);
    if (may(role, right)) return expect(done).resolves.toBeUndefined();
    await expect(done).rejects.toMatchObject(notAllowed);
    expect(await rolesIn(team.owner.id)).toEqual(before);
    expect(await auditEntries(team.owner.id, 9)).toEqual([]);
  });

  it('reaches no member of another team, and nobody who acts for themselves', async () => {
    const [team, other] = [await createMembers(), await createMembers()];
    const stranger = await createUser();
    for (const actor of [
      { ...team.owner, id: other.owner.id },
      { ...team.admin, id: other.owner.id },
      { id: stranger.id, person: stranger },
      { id: 'no such team', person: team.owner.person },
    ]) {
      await expect(verb(actor, other.member.member)).rejects.toMatchObject(notAllowed);
    }
    // Whose right it is in their own team does not have it over the others' members.
    if (verb !== leaveTeam) {
      await expect(verb(team.owner, other.member.member)).rejects.toMatchObject(notAllowed);
    }
    expect(await rolesIn(other.owner.id)).toEqual(['owner', 'admin', 'member']);
    const offered = { teamId: other.owner.id, NOT: { offeredAt: null } };
    expect(await db().member.count({ where: offered })).toBe(0);
  });
});

it('nobody removes or demotes the owner, or removes themselves', async () => {
  const { owner, admin } = await createMembers();
  await expect(removeMember(admin, owner.member)).rejects.toMatchObject(notAllowed);
  await expect(changeRole(admin, owner.member, 'member')).rejects.toMatchObject(notAllowed);
  await expect(changeRole(owner, owner.member, 'member')).rejects.toMatchObject(notAllowed);
  await expect(removeMember(admin, admin.member)).rejects.toMatchObject(notAllowed);
  expect(await rolesIn(owner.id)).toEqual(['owner', 'admin', 'member']);
});

it('a removed member has no access to the team from that moment, in any session', async () => {
  const { admin, member } = await createMembers();
  const tokens = [randomUUID(), randomUUID()];
  for (const token of tokens) {
    await db().session.create({
      data: {
        userId: member.person.id,
        sessionToken: hashToken(token),
        expires: new Date(Date.now() + 60_000),
        actingFor: member.member,
      },
    });
    expect(await findClick(hashToken(token))).toMatchObject({ id: member.id, role: 'member' });
  }
  await removeMember(admin, member.member);
  for (const token of tokens) {
    const found = await findClick(hashToken(token));
    expect(found).toMatchObject({ id: member.person.id, role: null });
  }
  // What their open page still sends.
  await expect(leaveTeam(member)).rejects.toMatchObject(notAllowed);
});

it('the role is the one that somebody has when they act, not the one that their page was made for', async () => {
  const { owner, admin, member } = await createMembers();
  await changeRole(owner, admin.member, 'member');
  await expect(removeMember(admin, member.member)).rejects.toMatchObject(notAllowed);
});

it('the new owner has to accept the team, and the former one becomes an admin', async () => {
  const { owner, admin, member } = await createMembers();
  await expect(acceptTeam(member)).rejects.toMatchObject({ problem: 'not-offered' });
  await offerTeam(owner, admin.member);
  await offerTeam(owner, member.member);
  await expect(acceptTeam(admin)).rejects.toMatchObject({ problem: 'not-offered' });
  expect(await rolesIn(owner.id)).toEqual(['owner', 'admin', 'member']);
  await acceptTeam(member);
  expect(await rolesIn(owner.id)).toEqual(['admin', 'admin', 'owner']);
  await expect(offerTeam(owner, admin.member)).rejects.toMatchObject(notAllowed);
  await expect(acceptTeam(member)).rejects.toMatchObject({ problem: 'not-offered' });
  await expect(leaveTeam(member)).rejects.toMatchObject(notAllowed);
  await leaveTeam(owner);
});

it('an offer can be taken back, and ends for who is removed', async () => {
  const { owner, member } = await createMembers();
  await offerTeam(owner, member.member);
  await offerTeam(owner, null);
  await expect(acceptTeam(member)).rejects.toMatchObject({ problem: 'not-offered' });
  await offerTeam(owner, member.member);
  await removeMember(owner, member.member);
  await expect(acceptTeam(member)).rejects.toMatchObject(notAllowed);
});

it('a team has one owner whatever happens at the same moment', async () => {
  for (let round = 0; round < 5; round++) {
    const { owner, admin, member } = await createMembers();
    await offerTeam(owner, member.member);
    await Promise.allSettled([
      acceptTeam(member),
      acceptTeam(member),
      offerTeam(owner, admin.member),
      acceptTeam(admin),
      removeMember(admin, member.member),
      leaveTeam(member),
      changeRole(admin, member.member, 'member'),
      changeRole(owner, admin.member, 'member'),
      leaveTeam(admin),
    ]);
    const present = await rolesIn(owner.id);
    expect(present.filter((role) => role === 'owner')).toHaveLength(1);
  }
});

it('the audit says who did what in which team, and whose row it was', async () => {
  const { owner, member } = await createMembers();
  await changeRole(owner, member.member, 'admin');
  await removeMember(owner, member.member);
  const entries = await db().auditEntry.findMany({
    where: { userId: owner.id },
    orderBy: { createdAt: 'asc' },
  });
  const who = { personId: owner.person.id, actor: 'person' };
  expect(entries).toMatchObject([
    { ...who, action: 'role_changed', details: { member: member.member, role: 'admin' } },
    { ...who, action: 'member_removed', details: { member: member.member } },
  ]);
});

it('members see who is in their team, in the order in which they joined', async () => {
  const { owner, admin, member } = await createMembers();
  await offerTeam(owner, admin.member);
  expect(await membersOf(member)).toMatchObject([
    { id: owner.member, email: owner.person.email, role: 'owner', isYou: false, isOffered: false },
    { id: admin.member, role: 'admin', isOffered: true },
    { id: member.member, role: 'member', isYou: true },
  ]);
});

async function rolesIn(teamId: string): Promise<string[]> {
  const rows = await db().member.findMany({ where: { teamId }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ role }) => role);
}
