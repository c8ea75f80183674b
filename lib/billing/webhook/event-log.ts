import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { nextStamp, ownerOf, type Stamp, type StampRow, toStamp } from '../mirror/sequence';
import { isLivemode } from '../stripe';
import type { EventFacts } from './event';

/** What the ledger answers about an event that was told of. */
export type Recorded =
  /** Its effect is in the database already: there is nothing to do. */
  | { status: 'processed' }
  /** It changes nothing that we hold, or is about a stranger; the ledger says which. */
  | { status: 'ignored'; isNewStranger: boolean }
  /** Its customer is to be read with this stamp. */
  | { status: 'received'; stamp: Stamp };

/**
 * Records an event once by its id, and takes its customer's next stamp, in one statement. Told of
 * again, it counts an attempt; one that was not processed then, for whatever reason, is tried anew.
 */
export async function record(event: EventFacts): Promise<Recorded> {
  const { id, type, livemode, createdAt, customerId } = event;
  const reason = reasonToIgnore(event);
  // Of what is ignored anyhow, nobody needs to know whose it is.
  const owned = reason ? null : customerId;
  const stranger = `${customerId} is not a customer of ours`;
  const [row] = await db().$queryRaw<(Partial<StampRow> & Told)[]>`
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
    ), stamp AS (
      ${nextStamp(owned, Prisma.sql`EXISTS (SELECT FROM event WHERE status = 'received')`)}
    )
    SELECT status, attempts, "userId", "stampTaken", CURRENT_TIMESTAMP AS "takenAt"
    FROM event LEFT JOIN stamp ON TRUE`;
  if (row?.status === 'processed') return { status: 'processed' };
  const { userId, stampTaken, takenAt } = row ?? {};
  if (!customerId || !userId || !stampTaken || !takenAt) {
    return { status: 'ignored', isNewStranger: !reason && row?.attempts === 1 };
  }
  return { status: 'received', stamp: toStamp(customerId, { userId, stampTaken, takenAt }) };
}

type Told = { status: string; attempts: number };

/** Says of events that they could not be processed, and why; they stay to be tried again. */
export async function markFailed(ids: readonly string[], error: unknown): Promise<void> {
  await db().stripeEvent.updateMany({
    where: { id: { in: [...ids] }, status: { not: 'processed' } },
    data: { status: 'failed', error: error instanceof Error ? error.message : String(error) },
  });
}

/** Why an event cannot concern what we hold, whoever its customer is; null when it can. */
function reasonToIgnore({ type, livemode, account, customerId, part, isThin }: EventFacts) {
  if (isThin) return 'it is a thin event: let this endpoint receive snapshot events';
  if (account) return `it is about the connected account ${account}`;
  if (livemode !== isLivemode()) {
    return `it is from ${livemode ? 'live' : 'test'} mode, and our key is not`;
  }
  if (!part) return `${type} changes nothing that we hold`;
  return customerId ? null : 'it is about no customer';
}
