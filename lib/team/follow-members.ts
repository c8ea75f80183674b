import { afterResponse } from '../after-response';
import { accountsWithOtherSeats, setSeats } from '../billing/set-seats';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { log } from '../log';
import { retryLater } from '../retry-later';

/** Seconds after which a team is taken from a process that died. Telling Stripe takes less. */
const LEASE = 60;
/** Seconds. The time to the next attempt doubles up to this. */
const LONGEST_WAIT = 60 * 60;

/**
 * Notes that a team's members have changed, in the transaction that changes them. Several changes before
 * Stripe is told are one: it is told how many there are then.
 */
export async function queueSeats(database: Prisma.TransactionClient, id: string): Promise<void> {
  await database.team.updateMany({
    where: { id },
    data: { seatsDueAt: new Date(), seatsChange: { increment: 1 } },
  });
}

/** Tells Stripe after the response to the request in progress. */
export function followSoon(id: string): void {
  afterResponse(() => follow(id));
}

/** Tells Stripe at once when a team pays for other seats than it has members, whoever changed them. */
export async function followIfOther(id: string): Promise<void> {
  if ((await queueOther(id)) > 0) await follow(id);
}

/**
 * Tells Stripe of every team that is left: what failed, what a process that died had begun, and what was
 * changed at Stripe.
 */
export async function followLeftMembers(signal?: AbortSignal): Promise<void> {
  await queueOther();
  const left = await db().team.findMany({
    where: { seatsDueAt: { lte: new Date() } },
    select: { id: true },
  });
  for (const { id } of left) {
    if (signal?.aborted) return;
    await follow(id);
  }
}

/** What Stripe is told is how many there are, so telling it twice, or later, changes nothing more. */
async function follow(id: string): Promise<void> {
  try {
    const taken = await take(id);
    if (!taken) return;
    try {
      await setSeats(id);
      const rest = await settle(id, taken.seatsChange);
      if (rest) await follow(id);
    } catch (error) {
      log.error('seats not told', error, { team: id, attempt: taken.seatsAttempts });
      const wait = Math.min(2 ** taken.seatsAttempts, LONGEST_WAIT);
      await db().team.updateMany({ where: { id }, data: { seatsDueAt: soon(wait) } });
      retryLater('seats', wait + 1, followLeftMembers);
    }
  } catch (error) {
    // The scheduled run does what is left.
    log.error('seats not followed', error, { team: id });
  }
}

async function queueOther(id?: string): Promise<number> {
  const others = await accountsWithOtherSeats(id);
  const { count } = await db().team.updateMany({
    where: { id: { in: others }, seatsDueAt: null },
    data: { seatsDueAt: new Date() },
  });
  return count;
}

/** Nobody else takes it for a while. */
async function take(id: string) {
  const [team] = await db().team.updateManyAndReturn({
    where: { id, seatsDueAt: { lte: new Date() } },
    data: { seatsDueAt: soon(LEASE), seatsAttempts: { increment: 1 } },
    select: { seatsChange: true, seatsAttempts: true },
  });
  return team ?? null;
}

/** @returns whether members have changed since: then it is due again */
async function settle(id: string, seatsChange: number): Promise<boolean> {
  const { count } = await db().team.updateMany({
    where: { id, seatsChange },
    data: { seatsDueAt: null, seatsAttempts: 0 },
  });
  if (count > 0) return false;
  const later = await db().team.updateMany({ where: { id }, data: { seatsDueAt: new Date() } });
  return later.count > 0;
}

function soon(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
