import { isDeepStrictEqual } from 'node:util';
import type { PrismaClient } from '@/lib/generated/prisma/client';

/**
 * What is wrong with the recorded changes of a customer: they have to lead, one after the other and
 * without a gap, from nothing to what the mirror says now.
 *
 * @returns null when they do
 */
export async function brokenRecord(
  database: PrismaClient,
  customerId: string,
): Promise<string | null> {
  const changes = await database.mirrorChange.findMany({
    where: { customerId, object: { in: ['subscription', 'invoice'] } },
    orderBy: { id: 'asc' },
  });
  const reached = new Map<string, unknown>();
  for (const { id, objectId, before, after } of changes) {
    if (!isDeepStrictEqual(before, reached.get(objectId) ?? null)) {
      return `change ${id} of ${objectId} does not begin where the one before it ended`;
    }
    reached.set(objectId, after);
  }
  // A trigger fills userId, which only the version before billing accounts reads.
  const rows = await database.$queryRaw<{ id: string; row: unknown }[]>`
    SELECT id, to_jsonb(s) - 'userId' AS row FROM "Subscription" s WHERE "customerId" = ${customerId}
    UNION ALL SELECT id, to_jsonb(i) - 'userId' FROM "Invoice" i WHERE "customerId" = ${customerId}`;
  const wrong = rows.find(({ id, row }) => !isDeepStrictEqual(reached.get(id), row));
  return wrong ? `the changes of ${wrong.id} do not end in what is stored of it` : null;
}
