import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { isLivemode } from '../stripe';

/** The right to write what is read of a customer from now on, unless a later read was written. */
export type Stamp = {
  customerId: string;
  userId: string;
  /** Counts the reads of this customer: later reads have higher numbers, in every process. */
  number: number;
  /** When it was taken, by the database's clock. */
  takenAt: Date;
};

/**
 * Takes the next stamp of a customer. To be taken before Stripe is asked.
 *
 * @returns null when the customer is not one of ours in the configured mode
 */
export async function takeStamp(customerId: string): Promise<Stamp | null> {
  const [row] = await db().$queryRaw<StampRow[]>`
    WITH owner AS (${ownerOf(customerId)}), stamp AS (${nextStamp(customerId)})
    SELECT "userId", "stampTaken", CURRENT_TIMESTAMP AS "takenAt" FROM stamp`;
  return row ? toStamp(customerId, row) : null;
}

export type StampRow = { userId: string; stampTaken: number; takenAt: Date };

export function toStamp(customerId: string, row: StampRow): Stamp {
  return { customerId, userId: row.userId, number: row.stampTaken, takenAt: row.takenAt };
}

/** SQL: whose customer it is, in the configured mode. No row for one we do not know. */
export function ownerOf(customerId: string | null): Prisma.Sql {
  return Prisma.sql`
    SELECT "userId" FROM "Customer" WHERE id = ${customerId} AND livemode = ${isLivemode()}
    UNION ALL
    SELECT id FROM "User" WHERE "stripeCustomerId" = ${customerId}
      AND NOT EXISTS (SELECT FROM "Customer" WHERE id = ${customerId})`;
}

/**
 * SQL: takes the next stamp for the `owner` of the same statement. A user's customer that has no row
 * of its own yet gets it here.
 */
export function nextStamp(customerId: string | null, condition = Prisma.sql`TRUE`): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Customer" (id, "userId", livemode, "stampTaken")
    SELECT ${customerId}, "userId", ${isLivemode()}, 1 FROM owner WHERE ${condition}
    ON CONFLICT (id) DO UPDATE SET "stampTaken" = "Customer"."stampTaken" + 1
    RETURNING "userId", "stampTaken"`;
}
