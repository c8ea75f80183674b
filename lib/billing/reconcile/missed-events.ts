import { db } from '../../db';
import { type EventFacts, readEvent } from '../event';
import { partOfEvent } from '../parts';
import type { Call } from '../read-mirror';
import { isLivemode, stripe } from '../stripe';

/** Events whose effect is not in our database, and how far back they were looked for. */
export type Missed = {
  events: EventFacts[];
  /** Stripe's time of the newest event there was; null when there was none. */
  newest: Date | null;
};

/**
 * Finds what was dropped, failed or was cut off half-way: among Stripe's events since a time, and
 * among those in the ledger.
 *
 * @param since null is as far back as Stripe keeps events, which is thirty days
 */
export async function missedEvents(since: Date | null, call: Call): Promise<Missed> {
  const missed = new Map<string, EventFacts>();
  for (const event of await unfinished()) missed.set(event.id, event);
  let newest: Date | null = null;
  for await (const page of pages(since, call)) {
    newest ??= page[0]?.createdAt ?? null;
    for (const event of await withoutEffect(page)) missed.set(event.id, event);
  }
  return { events: [...missed.values()], newest };
}

/** Stripe's events since a time, newest first, a hundred at a time. */
export async function* pages(since: Date | null, call: Call): AsyncGenerator<EventFacts[]> {
  const created = since ? { gte: Math.floor(since.getTime() / 1000) } : undefined;
  for (let starting_after: string | undefined; ; ) {
    const { data, has_more } = await call(() =>
      stripe().events.list({ limit: 100, created, starting_after }),
    );
    yield data.flatMap((event) => readEvent(event) ?? []);
    starting_after = data.at(-1)?.id;
    if (!has_more || !starting_after) return;
  }
}

/** The part of the ledger that was not processed, in the form in which Stripe tells events. */
export async function unfinished(): Promise<EventFacts[]> {
  const rows = await db().stripeEvent.findMany({
    where: { status: { in: ['failed', 'received'] }, livemode: isLivemode() },
    select: { id: true, type: true, livemode: true, createdAt: true, customerId: true },
  });
  return rows.map(fromLedger);
}

type LedgerRow = Pick<EventFacts, 'id' | 'type' | 'livemode' | 'createdAt' | 'customerId'>;

/** An event as the ledger has it: all that is ever used of one is there. */
export function fromLedger({ id, type, livemode, createdAt, customerId }: LedgerRow): EventFacts {
  return {
    ...{ id, type, livemode, createdAt, customerId },
    ...{ part: partOfEvent(type), account: null, isThin: false },
  };
}

async function withoutEffect(page: readonly EventFacts[]): Promise<EventFacts[]> {
  const told = page.filter(({ part, customerId, account }) => part && customerId && !account);
  const processed = await db().stripeEvent.findMany({
    where: { id: { in: told.map(({ id }) => id) }, status: 'processed' },
    select: { id: true },
  });
  const known = new Set(processed.map(({ id }) => id));
  return told.filter(({ id }) => !known.has(id));
}
