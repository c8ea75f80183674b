import type { Call } from '../mirror/read';
import { stripe } from '../stripe';
import { type EventFacts, readEvent } from '../webhook/event';

/** Stripe's events of some time, newest first, and up to when that goes. */
export type Stretch = {
  events: EventFacts[];
  /** Exclusive; null for the last one, which has no end. */
  until: Date | null;
};

/** Events are kept for thirty days. */
const KEPT = 30 * 24 * 60 * 60;
/** Of a hundred events each: where a stretch has more, it is halved. */
const MOST_PAGES = 10;

/**
 * Stripe's events since a time, the oldest stretch first, so that whoever is stopped half-way can go
 * on from there. Stripe itself lists the newest first.
 *
 * @param since null is as far back as Stripe keeps events
 * @param onEvents told how many more were listed
 */
export async function* listedSince(
  since: Date | null,
  call: Call,
  onEvents: (more: number) => void = () => {},
): AsyncGenerator<Stretch> {
  const now = Math.floor(Date.now() / 1000);
  const from = since ? Math.floor(since.getTime() / 1000) : null;

  async function* stretches(gte: number | null, lt: number | null): AsyncGenerator<Stretch> {
    const middle = Math.floor(((gte ?? now - KEPT) + (lt ?? now)) / 2);
    const isSplittable = middle > (gte ?? now - KEPT) && (lt === null || middle < lt);
    const events = await list(gte, lt, isSplittable ? MOST_PAGES : Number.POSITIVE_INFINITY);
    if (events) {
      yield { events, until: lt === null ? null : new Date(lt * 1000) };
      return;
    }
    yield* stretches(gte, middle);
    yield* stretches(middle, lt);
  }

  /** @returns null when there are more pages */
  async function list(gte: number | null, lt: number | null, most: number) {
    const created = { ...(gte !== null && { gte }), ...(lt !== null && { lt }) };
    const events: EventFacts[] = [];
    for (let page = 0, starting_after: string | undefined; page < most; page++) {
      const { data, has_more } = await call(() =>
        stripe().events.list({ limit: 100, created, starting_after }),
      );
      events.push(...data.flatMap((event) => readEvent(event) ?? []));
      onEvents(data.length);
      starting_after = data.at(-1)?.id;
      if (!has_more || !starting_after) return events;
    }
    return null;
  }

  yield* stretches(from, null);
}

/** Stripe's time of the newest event; null when there is none. */
export async function newestEvent(call: Call): Promise<Date | null> {
  const { data } = await call(() => stripe().events.list({ limit: 1 }));
  return data[0] ? new Date(data[0].created * 1000) : null;
}
