import { stripe } from '../stripe';
import { type EventFacts, readEvent } from '../webhook/event';
import { withCustomer } from '../webhook/event-owner';

/** Stripe's events of a period, newest first. */
export type Period = {
  events: EventFacts[];
  /** Exclusive; null for the last period, which has no end. */
  until: Date | null;
};

/** Seconds: Stripe keeps events for thirty days. */
export const LISTED_SECONDS = 30 * 24 * 60 * 60;
/** A period with more events than this is split in half. */
const MAX_EVENTS = 1_000;

/**
 * Stripe's events since a time, oldest period first, so that a run that is interrupted can continue: Stripe
 * itself lists the newest events first.
 *
 * @param since null for as far back as Stripe keeps events
 * @param onEvent called for each event that was listed
 */
export async function* listedSince(
  since: Date | null,
  onEvent: () => void = () => {},
): AsyncGenerator<Period> {
  const now = Math.floor(Date.now() / 1000);
  const from = since ? Math.floor(since.getTime() / 1000) : null;

  async function* periods(gte: number | null, lt: number | null): AsyncGenerator<Period> {
    const middle = Math.floor(((gte ?? now - LISTED_SECONDS) + (lt ?? now)) / 2);
    const isSplittable = middle > (gte ?? now - LISTED_SECONDS) && (lt === null || middle < lt);
    const events = await list(gte, lt, isSplittable ? MAX_EVENTS : Number.POSITIVE_INFINITY);
    if (events) {
      yield { events, until: lt === null ? null : new Date(lt * 1000) };
      return;
    }
    yield* periods(gte, middle);
    yield* periods(middle, lt);
  }

  /** @returns null when there may be more than `max` */
  async function list(gte: number | null, lt: number | null, max: number) {
    const created = { gte: gte ?? undefined, lt: lt ?? undefined };
    const events: EventFacts[] = [];
    let count = 0;
    for await (const event of stripe().events.list({ limit: 100, created })) {
      const facts = readEvent(event);
      if (facts) events.push(await withCustomer(facts));
      onEvent();
      if (++count === max) return null;
    }
    return events;
  }

  yield* periods(from, null);
}

/** Stripe's time of the newest event; null when there is none. */
export async function newestEventTime(): Promise<Date | null> {
  const { data } = await stripe().events.list({ limit: 1 });
  return data[0] ? new Date(data[0].created * 1000) : null;
}
