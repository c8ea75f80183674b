import { query } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { isLivemode } from '../stripe';

/** A Stripe customer of ours, and the user it belongs to. */
export type Owner = { customerId: string; userId: string };

/** Whose customer it is; null when it is not one of ours in the configured mode. */
export async function findOwner(customerId: string): Promise<Owner | null> {
  const [row] = await query<{ userId: string }>(ownerOf(customerId));
  return row ? { customerId, userId: row.userId } : null;
}

/**
 * SQL: `userId` of whoever has this customer in the configured mode. No row for one that is not ours.
 */
export function ownerOf(customerId: string | null): Prisma.Sql {
  return Prisma.sql`
    SELECT "userId" FROM "Customer" WHERE id = ${customerId} AND livemode = ${isLivemode()}
    UNION ALL
    SELECT id AS "userId" FROM "User" WHERE "stripeCustomerId" = ${customerId}
      AND NOT EXISTS (SELECT FROM "Customer" WHERE id = ${customerId})`;
}
