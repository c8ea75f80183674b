import { db } from '../../db';
import { refusedParam } from '../errors';
import type { Call } from '../mirror/read';
import type { Part } from '../mirror/resources';
import { syncCustomer } from '../mirror/sync';
import { isLivemode, stripe } from '../stripe';
import { type EventFacts, readEvent } from '../webhook/event';
import { markFailed, record } from '../webhook/event-log';
import { listedSince } from './listed-events';
import { fromLedger, ledgerColumns, unfinished } from './missed-events';
import { createPace } from './pace';

/** What became of an event that was replayed. */
export type Replayed = {
  id: string;
  type: string;
  status: 'processed' | 'ignored' | 'failed';
  /** Why it was ignored or failed. */
  error: string | null;
};

/** Replays one event after the other by their ids, whether they were processed before or not. */
export async function replayEvents(
  ids: readonly string[],
  onEvent: (event: Replayed) => void,
): Promise<void> {
  const call = createPace();
  for (const id of ids) {
    try {
      await replay([await find(id, call)], call, onEvent);
    } catch (error) {
      onEvent({ id, type: 'unknown', status: 'failed', error: messageOf(error) });
    }
  }
}

/** Replays what is in the ledger and was not processed: failed, or cut off half-way. */
export async function replayFailed(onEvent: (event: Replayed) => void): Promise<void> {
  await replay(await unfinished(), createPace(), onEvent);
}

/** Replays all events since a time: Stripe's, which go back thirty days, and those in the ledger. */
export async function replaySince(since: Date, onEvent: (event: Replayed) => void): Promise<void> {
  const call = createPace();
  const events = new Map<string, EventFacts>();
  for (const event of await recordedSince(since)) events.set(event.id, event);
  for await (const stretch of listedSince(since, call)) {
    for (const event of stretch.events.reverse()) events.set(event.id, event);
  }
  await replay([...events.values()], call, onEvent);
}

/** Of each part of each customer, one read serves all of its events. */
async function replay(
  events: readonly EventFacts[],
  call: Call,
  onEvent: (event: Replayed) => void,
): Promise<void> {
  const groups = new Map<string, EventFacts[]>();
  for (const event of events) {
    await record(event);
    const key = `${event.customerId} ${event.part}`;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  for (const group of groups.values()) {
    const [{ customerId, part } = { customerId: null, part: null }] = group;
    const failure = await replayGroup(group, customerId, part, call);
    for (const { id, type } of group) {
      onEvent({ id, type, ...(failure ?? (await outcome(id))) });
    }
  }
}

/** @returns how it failed; null when it did not */
async function replayGroup(
  group: readonly EventFacts[],
  customerId: string | null,
  part: Part | null,
  call: Call,
): Promise<Pick<Replayed, 'status' | 'error'> | null> {
  if (!customerId || !part) return null;
  const events = group.map(({ id }) => id);
  try {
    await syncCustomer(customerId, { parts: [part], events, call });
    return null;
  } catch (error) {
    await markFailed(events, error);
    return { status: 'failed', error: messageOf(error) };
  }
}

async function outcome(id: string): Promise<Pick<Replayed, 'status' | 'error'>> {
  const { status, error } = await db().stripeEvent.findUniqueOrThrow({ where: { id } });
  if (status === 'processed' || status === 'ignored') return { status, error };
  return { status: 'failed', error };
}

/** The ledger has all that is used of an event; one that it does not have, Stripe may. */
async function find(id: string, call: Call): Promise<EventFacts> {
  const row = await db().stripeEvent.findUnique({ where: { id } });
  if (row) return fromLedger(row);
  const event = readEvent(await call(() => retrieve(id)));
  if (!event) throw new Error('Stripe has it in a form that we do not know.');
  return event;
}

async function retrieve(id: string): Promise<unknown> {
  try {
    return await stripe().events.retrieve(id);
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    throw new Error(
      'Neither we nor Stripe, which keeps events for thirty days, have it: reconcile its customer instead.',
    );
  }
}

async function recordedSince(since: Date): Promise<EventFacts[]> {
  const rows = await db().stripeEvent.findMany({
    where: { createdAt: { gte: since }, livemode: isLivemode() },
    select: ledgerColumns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(fromLedger);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
