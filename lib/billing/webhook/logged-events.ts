import { db } from '../../db';
import type { Prisma } from '../../generated/prisma/client';
import { resourceOfEvent } from '../mirror/resources';
import { isLivemode } from '../stripe';
import type { EventFacts } from './event';

/** Events of the configured mode that are in the event log, oldest first. */
export async function loggedEvents(where: Prisma.StripeEventWhereInput): Promise<EventFacts[]> {
  const rows = await db().stripeEvent.findMany({
    where: { ...where, livemode: isLivemode() },
    select: columns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toFacts);
}

/** Events of the configured mode that were recorded and not processed: failed, or interrupted. */
export function unprocessedEvents(): Promise<EventFacts[]> {
  return loggedEvents({ status: { in: ['failed', 'received'] } });
}

/** The event with this id; null when it was never recorded. */
export async function findLoggedEvent(id: string): Promise<EventFacts | null> {
  const row = await db().stripeEvent.findUnique({ where: { id }, select: columns });
  return row && toFacts(row);
}

const columns = {
  id: true,
  type: true,
  livemode: true,
  createdAt: true,
  customerId: true,
} as const satisfies Prisma.StripeEventSelect;

type Row = Prisma.StripeEventGetPayload<{ select: typeof columns }>;

/**
 * The log has everything that the mirror needs of an event. A card that has become the default meanwhile
 * pays at Stripe's next attempt.
 */
function toFacts(row: Row): EventFacts {
  const facts = { payment: null, isNewCard: false, account: null, isThin: false };
  return { ...row, ...facts, resource: resourceOfEvent(row.type) };
}
