import { z } from 'zod';
import { audit, by } from '../audit';
import { type Person, sessionTokenHash } from '../auth/session';
import { teams } from '../billing/plans';
import { db } from '../db';
import { type Actor, asMember, note } from './members';
import type { Role } from './roles';

/** What a team may be called. Its name is in e-mails to people who may not know it, so it is no link. */
export const teamName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^(?!.*(:\/\/|www\.))\P{Cc}*$/iu);

/** Each can be deleted, and more than anybody runs. */
const MOST_OWNED = 20;

export type TeamChoice = { id: string; name: string };

/** The teams in which somebody has a role. */
export async function teamsOf({ id: userId }: { id: string }, role: Role): Promise<TeamChoice[]> {
  if (!teams) return [];
  return db().team.findMany({
    where: { members: { some: { userId, role } } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
}

/**
 * Makes a team that this person owns, and has this browser act for it. Its invoices go to their address
 * until they give another one at Stripe. A form that is sent twice makes one team: nobody needs two of
 * the same name.
 *
 * @returns false when they own too many: nothing was made
 */
export async function createTeam(person: Person, name: string): Promise<boolean> {
  const { id: userId, email } = person;
  const made = await db().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT id FROM "User" WHERE id = ${userId} FOR NO KEY UPDATE`;
      const owned = await transaction.team.findMany({
        where: { members: { some: { userId, role: 'owner' } } },
        select: { id: true, name: true },
      });
      const same = owned.find((team) => team.name === name);
      if (same) return { id: same.id, isNew: false };
      if (owned.length >= MOST_OWNED) return null;
      const members = { create: { userId, role: 'owner' } };
      const { id } = await transaction.team.create({ data: { name, email, members } });
      return { id, isNew: true };
    },
    // As long as a statement waits for a connection.
    { maxWait: 4_000 },
  );
  if (!made) return false;
  if (made.isNew) await audit({ ...by({ id: made.id, person }), action: 'team_created' });
  await actFor(person, made.id);
  return true;
}

/**
 * From now on this browser acts for a team, or for the person alone.
 *
 * @returns false when they are not in that team: nothing has changed then
 */
export async function actFor({ id: userId }: Person, teamId: string | null): Promise<boolean> {
  const sessionToken = await sessionTokenHash();
  if (!sessionToken || (teamId && !teams)) return false;
  const member = teamId
    ? await db().member.findUnique({ where: { teamId_userId: { teamId, userId } } })
    : null;
  if (teamId && !member) return false;
  const { count } = await db().session.updateMany({
    where: { sessionToken, userId },
    data: { actingFor: member?.id ?? null },
  });
  return count > 0;
}

/** @throws TeamError `not-allowed` */
export async function renameTeam(actor: Actor, name: string): Promise<void> {
  await asMember(actor, 'renameTeam', async (transaction) => {
    await transaction.team.update({ where: { id: actor.id }, data: { name } });
    await note(actor, 'team_renamed', {}, transaction);
  });
}
