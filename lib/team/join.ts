import { accessOf } from '../access';
import { maskEmailAddress } from '../auth/email-address';
import type { Person } from '../auth/session';
import { hashToken } from '../auth/token-hash';
import { mostMembers, teams } from '../billing/plans';
import { db } from '../db';
import { followSoon, queueSeats } from './follow-members';
import { lockTeam, note } from './members';
import { findGivenRole } from './roles';
import { actFor } from './teams';

/** What an invitation is for whoever opens its link. */
export type InvitationState =
  | 'open'
  | 'signed-out'
  /** Nobody is signed in, and nobody has an account with the address that it was sent to. */
  | 'no-account'
  /** It was sent to somebody else. */
  | 'other-person'
  /** It was accepted before, by this person or another. */
  | 'accepted'
  /** They became a member another way. */
  | 'member'
  | 'full'
  | 'expired';

export type InvitationShown = {
  state: InvitationState;
  team: string;
  /** Where it was sent, masked: the link may have been passed on. */
  email: string;
  /** Whether this person is in the team now. */
  isMember: boolean;
};

/**
 * What to show whoever opens the link of an invitation.
 *
 * @param person who is signed in, if anybody is
 * @returns null for a link that leads nowhere: it was revoked, a newer one was sent, or it never was
 */
export async function findInvitation(
  token: string,
  person: Person | null,
): Promise<InvitationShown | null> {
  const found = await db().invitation.findUnique({
    where: { token: hashToken(token) },
    include: { team: { include: { members: { select: { userId: true } } } } },
  });
  if (!found || !teams) return null;
  const { team, email, acceptedAt, expires } = found;
  const isMember = team.members.some(({ userId }) => userId === person?.id);
  const state = async (): Promise<InvitationState> => {
    if (acceptedAt) return 'accepted';
    if (isMember) return 'member';
    if (expires <= new Date()) return 'expired';
    if (!person) return (await db().user.count({ where: { email } })) ? 'signed-out' : 'no-account';
    if (person.email !== email) return 'other-person';
    return team.members.length < (await mostIn(team.id)) ? 'open' : 'full';
  };
  return { state: await state(), team: team.name, email: maskEmailAddress(email), isMember };
}

/**
 * Accepts an invitation: makes the person it was sent to a member, queues the change of seats in the same
 * transaction, and has this browser act for the team. For a member it does only the last.
 *
 * @returns false when they are not in the team: the invitation is of no use to them, or there is no seat. Of
 *   two who take the last one at the same moment, one gets it.
 */
export async function joinTeam(person: Person, token: string): Promise<boolean> {
  const hash = hashToken(token);
  const invitation = await db().invitation.findUnique({ where: { token: hash } });
  if (!invitation || !teams) return false;
  const { id, teamId, role } = invitation;
  const most = await mostIn(teamId);
  await db().$transaction(
    async (transaction) => {
      await lockTeam(transaction, teamId);
      const members = await transaction.member.findMany({ where: { teamId } });
      if (members.length >= most || members.some(({ userId }) => userId === person.id)) return;
      const now = new Date();
      const { count } = await transaction.invitation.updateMany({
        where: { id, token: hash, email: person.email, acceptedAt: null, expires: { gt: now } },
        data: { acceptedAt: now },
      });
      if (count === 0) return;
      const { id: member } = await transaction.member.create({
        data: { teamId, userId: person.id, role: findGivenRole(role) ?? 'member' },
      });
      await queueSeats(transaction, teamId);
      await note({ id: teamId, person }, 'member_joined', { member }, transaction);
    },
    { maxWait: 4_000 },
  );
  followSoon(teamId);
  // Which it does only for a member.
  return actFor(person, teamId);
}

async function mostIn(teamId: string): Promise<number> {
  return mostMembers((await accessOf({ id: teamId })).plan);
}
