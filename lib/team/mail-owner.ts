import { Prisma } from '../generated/prisma/client';

/**
 * SQL: what is said of a team's payments goes to its owner, also after the team or their address has
 * changed hands.
 *
 * @param id of the team, or of a person with a new address
 */
export function mailOwnerSql(id: string): Prisma.Sql {
  return Prisma.sql`
    UPDATE "Team" SET email = own.email
    FROM "Member" AS member JOIN "User" AS own ON own.id = member."userId"
    WHERE member."teamId" = "Team".id AND member.role = 'owner' AND ${id} IN ("Team".id, own.id)`;
}
