import { query } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { isLivemode } from '../stripe';

/** A Stripe customer of ours, and the account it belongs to. */
export type Owner = { customerId: string; userId: string };

/** Whose customer it is; null when it is not one of ours in the configured mode. */
export async function findOwner(customerId: string): Promise<Owner | null> {
  const [row] = await query<{ userId: string }>(ownerOf(customerId));
  return row ? { customerId, userId: row.userId } : null;
}

/**
 * SQL: `userId` of the account that has this customer in the configured mode. No row for one that is not ours.
 */
export function ownerOf(customerId: string | null): Prisma.Sql {
  const named = (table: 'User' | 'Team') => Prisma.sql`
    SELECT id AS "userId" FROM ${Prisma.raw(`"${table}"`)} WHERE "stripeCustomerId" = ${customerId}
      AND NOT EXISTS (SELECT FROM "Customer" WHERE id = ${customerId})`;
  return Prisma.sql`
    SELECT "userId" FROM "Customer" WHERE id = ${customerId} AND livemode = ${isLivemode()}
    UNION ALL ${named('User')} UNION ALL ${named('Team')}`;
}
