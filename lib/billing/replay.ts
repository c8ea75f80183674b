import { db } from '../db';
import { type EventFacts, readEvent } from './event';
import { markFailed, record } from './ledger';
import type { Part } from './parts';
import type { Call } from './read-mirror';
import { fromLedger, pages, unfinished } from './reconcile/missed-events';
import { createPace } from './reconcile/pace';
import { stripe } from './stripe';
import { syncCustomer } from './sync';

/** What became of an event that was replayed. */
export type Replayed = {
  id: string;
  type: string;
  status: 'processed' | 'ignored' | 'failed';
  /** Why it was ignored or failed. */
  error: string | null;
};

/** Requests to Stripe a second. */
const RATE = 15;

/** Replays one event after the other by their ids, whether they were processed before or not. */
export async function replayEvents(
  ids: readonly string[],
  onEvent: (event: Replayed) => void,
): Promise<void> {
  const call = createPace(RATE);
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
  await replay(await unfinished(), createPace(RATE), onEvent);
}

/** Replays all of Stripe's events since a time. */
export async function replaySince(since: Date, onEvent: (event: Replayed) => void): Promise<void> {
  const call = createPace(RATE);
  const events: EventFacts[] = [];
  for await (const page of pages(since, call)) events.push(...page);
  await replay(events.reverse(), call, onEvent);
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
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  for (const group of groups.values()) {
    const [{ customerId, part } = { customerId: null, part: null }] = group;
    await replayGroup(group, customerId, part, call);
    for (const { id, type } of group) onEvent({ id, type, ...(await outcome(id)) });
  }
}

async function replayGroup(
  group: readonly EventFacts[],
  customerId: string | null,
  part: Part | null,
  call: Call,
): Promise<void> {
  if (!customerId || !part) return;
  const events = group.map(({ id }) => id);
  try {
    await syncCustomer(customerId, { parts: [part], events, call });
  } catch (error) {
    await markFailed(events, error);
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
  const event = readEvent(await call(() => stripe().events.retrieve(id)));
  if (!event) throw new Error('Stripe has it in a form that we do not know.');
  return event;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
