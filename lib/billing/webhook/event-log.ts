import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { reasonOf } from '../../log';
import { ownerOf } from '../mirror/owner';
import {
  nextSequenceNumber,
  queryOwned,
  type SequenceNumber,
  type SequenceRow,
  toSequenceNumber,
} from '../mirror/sequence';
import { isLivemode } from '../stripe';
import type { EventFacts } from './event';

/** What the event log says about an event after recording it. */
export type Recorded =
  /** Its effect is already in the database: there is nothing to do. */
  | { status: 'processed' }
  /** It changes nothing that we mirror, or its customer is not ours; the log says which. One of an
   * account that was deleted may have been paid for since. */
  | { status: 'ignored'; isNewStranger: boolean; isOfDeleted: boolean }
  /** Its customer must be read, with this sequence number. */
  | { status: 'received'; sequence: SequenceNumber };

/**
 * Records an event once by its id, and takes its customer's next sequence number, in one statement.
 * When the event is already there, this counts an attempt; unless it was processed, it is tried again.
 */
export async function recordEvent(event: EventFacts): Promise<Recorded> {
  const { id, type, livemode, createdAt, customerId } = event;
  const reason = reasonToIgnore(event);
  // Whose an ignored event is does not matter.
  const owned = reason ? null : customerId;
  const stranger = `${customerId} is not a customer of ours`;
  const [row] = await queryOwned<Partial<SequenceRow> & LogRow>(Prisma.sql`
    WITH owner AS (${ownerOf(owned)}), event AS (
      INSERT INTO "StripeEvent" (id, type, livemode, "createdAt", "customerId", status, error)
      SELECT ${id}, ${type}, ${livemode}, ${createdAt}, ${customerId},
        CASE WHEN EXISTS (SELECT FROM owner) THEN 'received' ELSE 'ignored' END,
        CASE WHEN EXISTS (SELECT FROM owner) THEN NULL ELSE ${reason ?? stranger} END
      ON CONFLICT (id) DO UPDATE SET
        attempts = "StripeEvent".attempts + 1,
        status = CASE "StripeEvent".status WHEN 'processed' THEN 'processed' ELSE EXCLUDED.status END,
        error = CASE "StripeEvent".status
          WHEN 'processed' THEN NULL
          WHEN 'ignored' THEN EXCLUDED.error
          ELSE COALESCE(EXCLUDED.error, "StripeEvent".error)
        END
      RETURNING status, attempts
    ), sequence AS (
      ${nextSequenceNumber(owned, Prisma.sql`EXISTS (SELECT FROM event WHERE status = 'received')`)}
    )
    SELECT status, attempts, "userId", "lastSequence", CURRENT_TIMESTAMP AS "takenAt",
      EXISTS (SELECT FROM "DeletedCustomer" WHERE id = ${owned}) AS "isOfDeleted"
    FROM event LEFT JOIN sequence ON TRUE`);
  if (row?.status === 'processed') return { status: 'processed' };
  const { userId, lastSequence, takenAt } = row ?? {};
  if (!customerId || !userId || !lastSequence || !takenAt) {
    const isNewStranger = !reason && row?.attempts === 1;
    return { status: 'ignored', isNewStranger, isOfDeleted: row?.isOfDeleted === true };
  }
  const sequence = toSequenceNumber(customerId, { userId, lastSequence, takenAt });
  return { status: 'received', sequence };
}

type LogRow = { status: string; attempts: number; isOfDeleted: boolean };

/** Notes that events could not be processed, and why. They are tried again later. */
export async function markFailed(ids: readonly string[], error: unknown): Promise<void> {
  await db().stripeEvent.updateMany({
    where: { id: { in: [...ids] }, status: { not: 'processed' } },
    data: { status: 'failed', error: reasonOf(error) },
  });
}

/** Why an event cannot concern us, whoever its customer is; null when it can. */
function reasonToIgnore({ type, livemode, account, customerId, resource, isThin }: EventFacts) {
  if (isThin) return 'it is a thin event: let this endpoint receive snapshot events';
  if (account) return `it is about the connected account ${account}`;
  if (livemode !== isLivemode()) {
    return `it is from ${livemode ? 'live' : 'test'} mode, and our key is not`;
  }
  if (!resource) return `${type} changes nothing that we mirror`;
  return customerId ? null : 'it is about no customer';
}
