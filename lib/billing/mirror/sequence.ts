import { isForeignKeyViolation, query } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { isLivemode } from '../stripe';
import { type Owner, ownerOf } from './owner';

/** Orders the reads of a customer: the result of a read is written unless a later one already was. */
export type SequenceNumber = Owner & {
  /** Counts the reads of this customer, across all processes: later reads have higher numbers. */
  number: number;
  /** When it was taken, by the database's clock. */
  takenAt: Date;
};

/**
 * Takes the customer's next sequence number. Take it before asking Stripe.
 *
 * @returns null when the customer is not one of ours in the configured mode
 */
export async function takeSequenceNumber(customerId: string): Promise<SequenceNumber | null> {
  const [row] = await queryOwned<SequenceRow>(Prisma.sql`
    WITH owner AS (${ownerOf(customerId)}), sequence AS (${nextSequenceNumber(customerId)})
    SELECT "userId", "lastSequence", CURRENT_TIMESTAMP AS "takenAt" FROM sequence`);
  return row ? toSequenceNumber(customerId, row) : null;
}

/**
 * Runs a statement with {@link nextSequenceNumber}. If the user is deleted while it runs, it is sent
 * again and sees that the customer is nobody's.
 */
export async function queryOwned<Row extends object>(statement: Prisma.Sql): Promise<Row[]> {
  try {
    return await query<Row>(statement);
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    return query<Row>(statement);
  }
}

export type SequenceRow = { userId: string; lastSequence: number; takenAt: Date };

export function toSequenceNumber(customerId: string, row: SequenceRow): SequenceNumber {
  return { customerId, userId: row.userId, number: row.lastSequence, takenAt: row.takenAt };
}

/**
 * SQL: takes the next sequence number for the `owner` of the same statement. A user's customer that
 * has no row of its own yet gets one here.
 */
export function nextSequenceNumber(
  customerId: string | null,
  condition = Prisma.sql`TRUE`,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Customer" (id, "userId", livemode, "lastSequence")
    SELECT ${customerId}, "userId", ${isLivemode()}, 1 FROM owner WHERE ${condition}
    ON CONFLICT (id) DO UPDATE SET "lastSequence" = "Customer"."lastSequence" + 1
    RETURNING "userId", "lastSequence"`;
}
