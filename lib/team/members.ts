import { type AuditAction, type AuditDetails, by } from '../audit';
import type { SessionUser } from '../auth/session';
import { teams } from '../billing/plans';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import type { Words } from '../words/english';
import { followSoon, queueSeats } from './follow-members';
import { mailOwnerSql } from './mail-owner';
import { type GivenRole, may, type Right, type Role, roles } from './roles';

/** Why something in a team is not done: pages say it in the reader's words. */
export class TeamError extends Error {
  override name = 'TeamError';
  constructor(readonly problem: keyof Words['team']['problems']) {
    super(`Not done in a team: ${problem}`);
  }
}

/** Who does something for which team, as the session says. */
export type Actor = { id: SessionUser['id']; person: { id: string } };

/** A member as the others see them. */
export type MemberView = {
  id: string;
  name: string | null;
  email: string;
  role: Role;
  isYou: boolean;
  /** The owner offers them the team, and they have not accepted it. */
  isOffered: boolean;
};

/** The members of the team that somebody acts for, in the order in which they joined. */
export async function membersOf({ id: teamId, person }: Actor): Promise<MemberView[]> {
  const rows = await db().member.findMany({
    where: { teamId },
    relationLoadStrategy: 'join',
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { user: { select: { name: true, email: true } } },
  });
  return rows.map(({ id, userId, role, offeredAt, user }) => ({
    id,
    ...user,
    role: roleOf(role),
    isYou: userId === person.id,
    isOffered: offeredAt !== null,
  }));
}

function roleOf(name: string): Role {
  return roles.find((role) => role === name) ?? 'member';
}

/**
 * Does something as a member. The team's row stays locked to the end, so the role is the present one, and of
 * two who change the team at once the second sees what the first did.
 *
 * @param right what the role must allow; null for what every member may
 * @param work gets the id of the member's own row
 * @throws TeamError `not-allowed`
 */
export async function asMember(
  { id: teamId, person }: Actor,
  right: Right | null,
  work: (transaction: Prisma.TransactionClient, own: string) => Promise<void>,
): Promise<void> {
  if (!teams) throw new TeamError('not-allowed');
  await db().$transaction(
    async (transaction) => {
      await lockTeam(transaction, teamId);
      const own = await transaction.member.findUnique({
        where: { teamId_userId: { teamId, userId: person.id } },
      });
      if (!own || (right && !may(roleOf(own.role), right))) throw new TeamError('not-allowed');
      await work(transaction, own.id);
    },
    // As long as a statement waits for a connection.
    { maxWait: 4_000 },
  );
}

/** Nobody else changes who is in it until the transaction ends. */
export async function lockTeam(transaction: Prisma.TransactionClient, id: string): Promise<void> {
  await transaction.$executeRaw`SELECT id FROM "Team" WHERE id = ${id} FOR NO KEY UPDATE`;
}

/** Removes somebody else, who loses access in all their sessions at that moment. The owner stays. */
export async function removeMember(actor: Actor, member: string): Promise<void> {
  await asMember(actor, 'removeMembers', async (transaction, own) => {
    const { count } = await transaction.member.deleteMany({
      where: { id: member, teamId: actor.id, role: { not: 'owner' }, NOT: { id: own } },
    });
    if (count === 0) throw new TeamError('not-allowed');
    await note(actor, 'member_removed', { member }, transaction);
    await queueSeats(transaction, actor.id);
  });
  followSoon(actor.id);
}

/** Leaves the team. The owner hands it over first. */
export async function leaveTeam(actor: Actor): Promise<void> {
  await asMember(actor, 'leave', async (transaction, own) => {
    await transaction.member.delete({ where: { id: own } });
    await note(actor, 'member_left', { member: own }, transaction);
    await queueSeats(transaction, actor.id);
  });
  followSoon(actor.id);
}

/** Makes a member an admin, or an admin a member. */
export async function changeRole(actor: Actor, member: string, role: GivenRole): Promise<void> {
  await asMember(actor, 'changeRoles', async (transaction) => {
    const { count } = await transaction.member.updateMany({
      where: { id: member, teamId: actor.id, role: { not: 'owner' } },
      data: { role },
    });
    if (count === 0) throw new TeamError('not-allowed');
    await note(actor, 'role_changed', { member, role }, transaction);
  });
}

/** Offers the team to another member, and no longer to anybody else. Null takes the offer back. */
export async function offerTeam(actor: Actor, member: string | null): Promise<void> {
  await asMember(actor, 'handOver', async (transaction, own) => {
    await transaction.member.updateMany({
      where: { teamId: actor.id },
      data: { offeredAt: null },
    });
    if (member === null) return;
    const { count } = await transaction.member.updateMany({
      where: { id: member, teamId: actor.id, NOT: { id: own } },
      data: { offeredAt: new Date() },
    });
    if (count === 0) throw new TeamError('not-allowed');
    await note(actor, 'team_offered', { member }, transaction);
  });
}

/** Becomes the owner of the team that its owner offers, who becomes an admin in the same moment. */
export async function acceptTeam(actor: Actor): Promise<void> {
  const { id: teamId } = actor;
  await asMember(actor, null, async (transaction, own) => {
    const { count } = await transaction.member.updateMany({
      where: { id: own, offeredAt: { not: null } },
      data: { role: 'owner', offeredAt: null },
    });
    if (count === 0) throw new TeamError('not-offered');
    await transaction.member.updateMany({
      where: { teamId, role: 'owner', NOT: { id: own } },
      data: { role: 'admin' },
    });
    await transaction.$executeRaw(mailOwnerSql(teamId));
    await note(actor, 'team_handed_over', { member: own }, transaction);
  });
}

/**
 * Records what somebody did in a team.
 *
 * @param details of a person only the id of their member row, which tells nobody anything once it is gone
 */
export async function note(
  actor: Actor,
  action: AuditAction,
  details: AuditDetails = {},
  database: Prisma.TransactionClient = db(),
): Promise<void> {
  await database.auditEntry.create({ data: { ...by(actor), action, details } });
}
