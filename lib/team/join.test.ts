import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inBrowser } from '@/test/support/browser';
import { createUser, personOf } from '@/test/support/integration';
import {
  addMember,
  createMembers,
  createPayingMembers,
  invitationTo,
  leaveRoomFor,
  sharedPlan,
} from '@/test/support/teams';
import { currentUser } from '../auth/session';
import { db } from '../db';
import { invite, revokeInvitation } from './invitations';
import { findInvitation, joinTeam } from './join';
import { membersOf, removeMember } from './members';

it.runIf(sharedPlan)('who accepts is a member, and acts for the team in this browser', async () => {
  const { owner } = await createPayingMembers();
  const { person, browser, token } = await invited(owner, 'admin');
  const before = await db().team.findUniqueOrThrow({ where: { id: owner.id } });
  expect(await findInvitation(token, person)).toMatchObject({ state: 'open', team: 'Harbour' });
  expect(await inBrowser(browser, () => joinTeam(person, token))).toBe(true);
  expect(await inBrowser(browser, currentUser)).toMatchObject({ id: owner.id, role: 'admin' });
  const after = await db().team.findUniqueOrThrow({ where: { id: owner.id } });
  expect(after.seatsChange).toBe(before.seatsChange + 1);
  const [entry] = await db().auditEntry.findMany({
    where: { userId: owner.id, action: 'member_joined' },
  });
  expect(entry).toMatchObject({ personId: person.id });
});

it.runIf(sharedPlan)('an invitation that is accepted twice makes one member', async () => {
  const { owner } = await createPayingMembers();
  const { person, browser, token } = await invited(owner);
  const join = () => inBrowser(browser, () => joinTeam(person, token));
  expect(await Promise.all([join(), join()])).toEqual([true, true]);
  expect(await membersOf(owner)).toHaveLength(4);
  expect(await findInvitation(token, person)).toMatchObject({ state: 'accepted', isMember: true });
  expect(await findInvitation(token, null)).toMatchObject({ state: 'accepted', isMember: false });
  // It brings nobody back who was removed.
  const own = (await membersOf(owner)).at(-1);
  await removeMember(owner, own?.id ?? '');
  expect(await findInvitation(token, person)).toMatchObject({ state: 'accepted', isMember: false });
  expect(await join()).toBe(false);
  expect(await inBrowser(browser, currentUser)).toMatchObject({ id: person.id, role: null });
});

it.runIf(sharedPlan)('a person who was removed can be invited and join again', async () => {
  const { owner } = await createPayingMembers();
  const { person, browser, token } = await invited(owner);
  const join = (link: string) => inBrowser(browser, () => joinTeam(person, link));
  await join(token);
  await removeMember(owner, (await membersOf(owner)).at(-1)?.id ?? '');
  await invite(owner, person.email, 'member');
  const second = await invitationTo(person.email, 2);
  expect(await join(token)).toBe(false);
  expect(await join(second)).toBe(true);
});

it.runIf(sharedPlan)('only whom it was sent to can accept it', async () => {
  const { owner } = await createPayingMembers();
  const { person, token } = await invited(owner);
  const thief = await createUser();
  const browser = await personOf(thief);
  expect(await findInvitation(token, thief.person)).toMatchObject({
    state: 'other-person',
    email: `${person.email[0]}…@example.com`,
  });
  const join = (who: typeof person) => inBrowser(browser, () => joinTeam(who, token));
  expect(await join({ ...person, id: thief.id, email: thief.email })).toBe(false);
  expect(await inBrowser(browser, currentUser)).toMatchObject({ id: thief.id, role: null });
  expect(await membersOf(owner)).toHaveLength(3);
});

it.runIf(sharedPlan)('an expired, revoked or invented link lets nobody in', async () => {
  const { owner } = await createPayingMembers();
  const [late, revoked] = [await invited(owner), await invited(owner)];
  await db().invitation.updateMany({
    where: { email: late.person.email },
    data: { expires: new Date(Date.now() - 1) },
  });
  await revokeInvitation(owner, (await invitationOf(revoked.person.email)).id);
  const { token: hash } = await invitationOf(late.person.email);
  expect(await findInvitation(late.token, late.person)).toMatchObject({ state: 'expired' });
  for (const token of [late.token, revoked.token, hash, '', '\0', 'x'.repeat(10_000)]) {
    const { person, browser } = token === revoked.token ? revoked : late;
    expect(await inBrowser(browser, () => joinTeam(person, token))).toBe(false);
    if (token !== late.token) expect(await findInvitation(token, person)).toBeNull();
  }
  expect(await membersOf(owner)).toHaveLength(3);
});

it('says whether nobody is signed in, nobody has an account, or they are in the team already', async () => {
  const { owner, member } = await createMembers();
  const stranger = `${randomUUID()}@example.com`;
  await invite(owner, stranger, 'member');
  const { person, token } = await invited(owner);
  expect(await findInvitation(await invitationTo(stranger), null)).toMatchObject({
    state: 'no-account',
    team: 'Harbour',
  });
  expect(await findInvitation(token, null)).toMatchObject({ state: 'signed-out' });
  expect(await findInvitation(token, member.person)).toMatchObject({ state: 'member' });
  await db().member.create({ data: { teamId: owner.id, userId: person.id, role: 'member' } });
  expect(await findInvitation(token, person)).toMatchObject({ state: 'member', isMember: true });
});

it.runIf(sharedPlan)('of two who take the last seat at the same moment, one gets it', async () => {
  const { owner } = await createPayingMembers();
  await leaveRoomFor(1, owner.id);
  const both = [await invited(owner), await invited(owner)];
  const joined = await Promise.all(
    both.map(({ person, browser, token }) => inBrowser(browser, () => joinTeam(person, token))),
  );
  expect(joined.toSorted()).toEqual([false, true]);
  const loser = both[joined.indexOf(false)];
  const shown = loser && (await findInvitation(loser.token, loser.person));
  expect(shown).toMatchObject({ state: 'full' });
  // The invitation is not used up: it works once somebody has left.
  const last = await addMember(owner.id, 'member');
  await db().member.delete({ where: { id: last.member } });
  await removeMember(owner, (await membersOf(owner)).at(1)?.id ?? '');
  if (!loser) return;
  expect(await findInvitation(loser.token, loser.person)).toMatchObject({ state: 'open' });
  const { browser, person, token } = loser;
  expect(await inBrowser(browser, () => joinTeam(person, token))).toBe(true);
});

it('nobody joins a team on the free plan beyond what that allows', async () => {
  const { owner } = await createMembers();
  await leaveRoomFor(0, owner.id);
  const { person, browser, token } = await invited(owner);
  expect(await findInvitation(token, person)).toMatchObject({ state: 'full' });
  expect(await inBrowser(browser, () => joinTeam(person, token))).toBe(false);
});

/** Somebody with an account who was invited, their browser, and the token in their link. */
async function invited(
  inviter: Parameters<typeof invite>[0],
  role: Parameters<typeof invite>[2] = 'member',
) {
  const { id, email, name } = await createUser();
  await invite(inviter, email, role);
  const browser = await personOf({ id, email });
  return { person: { id, email, name }, browser, token: await invitationTo(email) };
}

function invitationOf(email: string) {
  return db().invitation.findFirstOrThrow({ where: { email } });
}
