import { Prisma } from '../generated/prisma/client';

/** An account, and as which member somebody acts for it if it is a team. */
type Owner = { id: string; member: string };

/**
 * Gives a person's projects and API keys to their team. A key of a name that the team has already stays
 * theirs.
 */
export async function moveProjects(
  transaction: Prisma.TransactionClient,
  personId: string,
  { id, member }: Owner,
): Promise<void> {
  await transaction.project.updateMany({ where: { userId: personId }, data: { userId: id } });
  await transaction.$executeRaw(Prisma.sql`
    UPDATE "ApiKey" AS key SET "userId" = ${id}, "memberId" = ${member}
    WHERE "userId" = ${personId}
      AND NOT EXISTS (SELECT FROM "ApiKey" WHERE "userId" = ${id} AND name = key.name)`);
}
