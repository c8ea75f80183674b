import { db } from '../../db';
import { refusedParam } from '../errors';
import type { Resource } from '../mirror/resources';
import { syncCustomer } from '../mirror/sync';
import { paced } from '../pace';
import { stripe } from '../stripe';
import { type EventFacts, readEvent } from '../webhook/event';
import { markFailed, recordEvent } from '../webhook/event-log';
import { findLoggedEvent, loggedEvents, unprocessedEvents } from '../webhook/logged-events';
import { listedSince } from './listed-events';

/** What became of an event that was replayed. */
export type Replayed = {
  id: string;
  type: string;
  status: 'processed' | 'ignored' | 'failed';
  /** Why it was ignored or failed. */
  error: string | null;
};

/** Replays events one after the other by their ids, whether or not they were processed before. */
export function replayEvents(
  ids: readonly string[],
  onEvent: (event: Replayed) => void,
): Promise<void> {
  return paced({}, async () => {
    for (const id of ids) {
      try {
        await replay([await find(id)], onEvent);
      } catch (error) {
        onEvent({ id, type: 'unknown', status: 'failed', error: messageOf(error) });
      }
    }
  });
}

/** Replays what was recorded and not processed: failed, or interrupted. */
export function replayFailed(onEvent: (event: Replayed) => void): Promise<void> {
  return paced({}, async () => replay(await unprocessedEvents(), onEvent));
}

/** Replays all events since a time: Stripe's, which go back thirty days, and those in our event log. */
export function replaySince(since: Date, onEvent: (event: Replayed) => void): Promise<void> {
  return paced({}, async () => {
    const events = new Map<string, EventFacts>();
    const logged = await loggedEvents({ createdAt: { gte: since } });
    for (const event of logged) events.set(event.id, event);
    for await (const period of listedSince(since)) {
      for (const event of period.events.reverse()) events.set(event.id, event);
    }
    await replay([...events.values()], onEvent);
  });
}

/** One read of a customer's resource serves all of its events. */
async function replay(
  events: readonly EventFacts[],
  onEvent: (event: Replayed) => void,
): Promise<void> {
  const groups = new Map<string, EventFacts[]>();
  for (const event of events) {
    await recordEvent(event);
    const key = `${event.customerId} ${event.resource}`;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  for (const group of groups.values()) {
    const [{ customerId, resource } = { customerId: null, resource: null }] = group;
    const failure = await replayGroup(group, customerId, resource);
    for (const { id, type } of group) {
      const { status, error } = failure ?? (await outcome(id));
      onEvent({ id, type, status, error });
    }
  }
}

/** @returns how it failed; null when it did not */
async function replayGroup(
  group: readonly EventFacts[],
  customerId: string | null,
  resource: Resource | null,
): Promise<Pick<Replayed, 'status' | 'error'> | null> {
  if (!customerId || !resource) return null;
  const events = group.map(({ id }) => id);
  try {
    await syncCustomer(customerId, { resources: [resource], events });
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

/** From our event log if it was recorded, else from Stripe. */
async function find(id: string): Promise<EventFacts> {
  const event = (await findLoggedEvent(id)) ?? readEvent(await retrieve(id));
  if (!event) throw new Error('Stripe returned it in a form that we cannot read.');
  return event;
}

async function retrieve(id: string): Promise<unknown> {
  try {
    return await stripe().events.retrieve(id);
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    throw new Error(
      'Neither we nor Stripe have it (Stripe keeps events for thirty days): reconcile its customer instead.',
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
