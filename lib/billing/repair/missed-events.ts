import { db } from '../../db';
import type { EventFacts } from '../webhook/event';
import { ourCustomers } from './customers';

/** Which of Stripe's events have not had their effect on our database. */
export type Missed = {
  /** About customers of ours: never delivered, failed or interrupted. */
  events: EventFacts[];
  /** About others, and not in the event log yet. */
  unrecorded: EventFacts[];
  /** Ids of those others. */
  strangers: string[];
};

/** Which of the events that Stripe lists have not had their effect on our database. */
export async function missedAmong(listed: readonly EventFacts[]): Promise<Missed> {
  const relevant = listed.filter(
    ({ resource, customerId, account }) => resource && customerId && !account,
  );
  const statuses = await statusesOf(relevant);
  const open = relevant.filter(({ id }) => statuses.get(id) !== 'processed');
  const ours = await ourCustomers(open.flatMap(({ customerId }) => customerId ?? []));
  const isOurs = ({ customerId }: EventFacts) => customerId !== null && ours.has(customerId);
  const others = open.filter((event) => !isOurs(event));
  return {
    events: open.filter(isOurs),
    unrecorded: others.filter(({ id }) => !statuses.has(id)),
    strangers: others.flatMap(({ customerId }) => customerId ?? []),
  };
}

async function statusesOf(events: readonly EventFacts[]): Promise<Map<string, string>> {
  const rows = await db().stripeEvent.findMany({
    where: { id: { in: events.map(({ id }) => id) } },
    select: { id: true, status: true },
  });
  return new Map(rows.map(({ id, status }) => [id, status]));
}
