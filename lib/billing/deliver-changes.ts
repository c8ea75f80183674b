import { afterResponse } from '../after-response';
import { db } from '../db';
import { type MirrorChange, Prisma } from '../generated/prisma/client';
import { log, reasonOf } from '../log';
import { eventFacts, invoiceFacts, subscriptionFacts } from './change-facts';
import { type BillingChange, changeHandlers } from './changes';
import { eventChanges, invoiceChanges, subscriptionChanges } from './derive-changes';

/** Seconds without a renewal after which another process may take a change over. */
const LEASE = 30;
/** Seconds. The time to the next attempt doubles up to this. */
const LONGEST_WAIT = 60 * 60;

const leased = Prisma.sql`"dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${LEASE}::int)`;

/** Delivers what is recorded of a customer, after the response to the request in progress. */
export function deliverSoon(customerId: string): void {
  afterResponse(() => deliverChanges(customerId));
}

/**
 * Delivers what is left of everybody's changes, oldest first: what failed and is due again, and what
 * a process that died had begun.
 *
 * @param signal ends it after the change that is being delivered
 */
export async function deliverLeftChanges(signal?: AbortSignal): Promise<void> {
  const left = await db().$queryRaw<{ customerId: string }[]>`
    SELECT "customerId" FROM "MirrorChange" WHERE "deliveredAt" IS NULL
    GROUP BY "customerId" HAVING (array_agg("dueAt" ORDER BY id))[1] <= CURRENT_TIMESTAMP
    ORDER BY min(id)`;
  for (const { customerId } of left) {
    if (signal?.aborted) return;
    await deliverChanges(customerId);
  }
}

/**
 * Tells every handler of a customer's changes, in order. Only one process at a time handles one customer.
 * Where no handler is registered, as in a command, they are left to the app.
 */
export async function deliverChanges(customerId: string): Promise<void> {
  try {
    while (changeHandlers().size > 0) {
      const change = await takeNext(customerId);
      if (!change || !(await deliver(change))) return;
    }
  } catch (error) {
    // The scheduled run does what is left.
    log.error('changes not delivered', error, { customerId });
  }
}

/** The oldest change that is left, if it is due and no other process has it. */
async function takeNext(customerId: string): Promise<MirrorChange | null> {
  const taken = await db().$queryRaw<MirrorChange[]>`
    UPDATE "MirrorChange" SET attempts = attempts + 1, ${leased}
    WHERE id = (
        SELECT id FROM "MirrorChange" WHERE "customerId" = ${customerId} AND "deliveredAt" IS NULL
        ORDER BY id LIMIT 1
      )
      AND "dueAt" <= CURRENT_TIMESTAMP AND "deliveredAt" IS NULL
    RETURNING *`;
  return taken[0] ?? null;
}

/** @returns whether every handler was told */
async function deliver(row: MirrorChange): Promise<boolean> {
  const renewal = setInterval(() => void renew(row.id), (LEASE * 1000) / 3);
  try {
    for (const change of await changesOf(row)) await tell(row, change);
    await db().$executeRaw`
      UPDATE "MirrorChange" SET "deliveredAt" = CURRENT_TIMESTAMP, "lastError" = NULL
      WHERE id = ${row.id}`;
    return true;
  } catch (error) {
    log.error('change not delivered', error, { change: String(row.id), attempt: row.attempts });
    const wait = Math.min(2 ** row.attempts, LONGEST_WAIT);
    await db().$executeRaw`
      UPDATE "MirrorChange" SET "lastError" = ${reasonOf(error)},
        "dueAt" = CURRENT_TIMESTAMP + make_interval(secs => ${wait}::int)
      WHERE id = ${row.id}`;
    return false;
  } finally {
    clearInterval(renewal);
  }
}

/** Tells those handlers that were not told before an earlier attempt failed. */
async function tell(row: MirrorChange, change: BillingChange): Promise<void> {
  for (const [name, handler] of changeHandlers()) {
    const mark = `${change.id} ${name}`;
    if (row.told.includes(mark)) continue;
    await handler(change);
    await db().$executeRaw`
      UPDATE "MirrorChange" SET told = array_append(told, ${mark}) WHERE id = ${row.id}`;
  }
}

async function renew(id: bigint): Promise<void> {
  await db()
    .$executeRaw`UPDATE "MirrorChange" SET ${leased} WHERE id = ${id} AND "deliveredAt" IS NULL`.catch(
    (error: unknown) => log.error('change not kept', error),
  );
}

async function changesOf(row: MirrorChange): Promise<BillingChange[]> {
  const { id, userId, customerId, createdAt: recordedAt } = row;
  const facts = { userId, customerId, recordedAt };
  switch (row.object) {
    case 'subscription': {
      const before = subscriptionFacts.nullable().parse(row.before);
      const after = subscriptionFacts.nullable().parse(row.after);
      if (!after) return [];
      const kinds = subscriptionChanges(before, after);
      return kinds.map((kind) => ({ ...facts, id: `${id}-${kind}`, kind, before, after }));
    }
    case 'invoice': {
      const before = invoiceFacts.nullable().parse(row.before);
      const after = invoiceFacts.nullable().parse(row.after);
      if (!after) return [];
      const kinds = invoiceChanges(before, after);
      return kinds.map((kind) => ({ ...facts, id: `${id}-${kind}`, kind, before, after }));
    }
    case 'event': {
      const event = eventFacts.parse(row.after);
      const rows = await db().$queryRaw<{ row: unknown }[]>`
        SELECT to_jsonb(s) AS row FROM "Subscription" s WHERE "customerId" = ${customerId} ORDER BY id`;
      return rows.flatMap(({ row: stored }): BillingChange[] => {
        const now = subscriptionFacts.parse(stored);
        return eventChanges(event, now).map((kind) => ({
          ...facts,
          id: `${id}-${now.id}-${kind}`,
          kind,
          before: now,
          after: now,
        }));
      });
    }
    default:
      return [];
  }
}
