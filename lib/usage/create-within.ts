import { accessOf } from '../access';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { type CountedLimit, countedRows } from './counted-rows';
import { LimitReached } from './limit-reached';

/**
 * Creates something that counts towards a limit, if there is room. The person's row stays locked from
 * the count to the end, so that of many at the same time only as many as fit are created. The lock
 * leaves their row usable as a foreign key: nobody who writes billing state waits for it.
 *
 * @param create creates one row, with the client that it is given
 * @throws LimitReached when there is no room: nothing was created
 */
export async function createWithin<Row>(
  user: { id: string },
  limit: CountedLimit,
  create: (transaction: Prisma.TransactionClient) => Promise<Row>,
): Promise<Row> {
  const access = await accessOf(user);
  const allowed = access.limit(limit);
  return db().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`
        SELECT id FROM "User" WHERE id = ${user.id} FOR NO KEY UPDATE`;
      const existing = await countedRows[limit](transaction, user.id);
      if (existing >= allowed) throw new LimitReached(limit, allowed);
      return create(transaction);
    },
    // As long as a statement waits for a connection.
    { maxWait: 4_000 },
  );
}
