import { accessOf } from '../access';
import { afterResponse } from '../after-response';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { mailInsert, sendLeftMail } from '../mail/outbox';
import { type Count, type CountedLimit, countedRows } from './counted-rows';
import { LimitReached, limitMail } from './limit-reached';

/**
 * Creates something that counts towards a limit, if there is room. The account's row stays locked from
 * the count to the end, so that of many at the same time only as many as fit are created. The lock
 * leaves their row usable as a foreign key: nobody who writes billing state waits for it. The row that
 * reaches the limit also puts an e-mail in the outbox, once for each limit.
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
  const count: Count = countedRows[limit];
  const mail = {
    kind: 'limit_reached',
    cause: `${limit}:${allowed}`,
    userId: user.id,
    facts: limitMail(limit, allowed, access.plan),
  } as const;
  let isFull = false;
  const row = await db().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`
        SELECT id FROM "BillingAccount" WHERE id = ${user.id} FOR NO KEY UPDATE`;
      const existing = await count(transaction, user.id);
      if (existing >= allowed) throw new LimitReached(limit, allowed);
      const created = await create(transaction);
      isFull = existing + 1 === allowed;
      if (isFull) await transaction.$executeRaw(mailInsert(mail));
      return created;
    },
    // As long as a statement waits for a connection.
    { maxWait: 4_000 },
  );
  if (isFull) afterResponse(sendLeftMail);
  return row;
}
