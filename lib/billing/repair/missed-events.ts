import { db } from '../../db';
import { partOfEvent } from '../mirror/resources';
import { isLivemode } from '../stripe';
import type { EventFacts } from '../webhook/event';
import { ourCustomers } from './customers';

/** What of Stripe's events did not have its effect on our database. */
export type Missed = {
  /** About customers of ours: dropped, failed or cut off half-way. */
  events: EventFacts[];
  /** About others, and not in the ledger yet. */
  unrecorded: EventFacts[];
  /** Ids of those others. */
  strangers: string[];
};

/** Of events that Stripe lists, those without an effect in our database. */
export async function missedAmong(listed: readonly EventFacts[]): Promise<Missed> {
  const told = listed.filter(({ part, customerId, account }) => part && customerId && !account);
  const statuses = await statusesOf(told);
  const open = told.filter(({ id }) => statuses.get(id) !== 'processed');
  const ours = await ourCustomers(open.flatMap(({ customerId }) => customerId ?? []));
  const isOurs = ({ customerId }: EventFacts) => customerId !== null && ours.has(customerId);
  const others = open.filter((event) => !isOurs(event));
  return {
    events: open.filter(isOurs),
    unrecorded: others.filter(({ id }) => !statuses.has(id)),
    strangers: others.flatMap(({ customerId }) => customerId ?? []),
  };
}

/** The part of the ledger that was not processed, in the form in which Stripe tells events. */
export async function unfinished(): Promise<EventFacts[]> {
  const rows = await db().stripeEvent.findMany({
    where: { status: { in: ['failed', 'received'] }, livemode: isLivemode() },
    select: ledgerColumns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(fromLedger);
}

export const ledgerColumns = {
  id: true,
  type: true,
  livemode: true,
  createdAt: true,
  customerId: true,
} as const;

type LedgerRow = Pick<EventFacts, keyof typeof ledgerColumns>;

/** An event as the ledger has it: all that is ever used of one is there. */
export function fromLedger({ id, type, livemode, createdAt, customerId }: LedgerRow): EventFacts {
  return {
    ...{ id, type, livemode, createdAt, customerId },
    ...{ part: partOfEvent(type), account: null, isThin: false },
  };
}

async function statusesOf(events: readonly EventFacts[]): Promise<Map<string, string>> {
  const rows = await db().stripeEvent.findMany({
    where: { id: { in: events.map(({ id }) => id) } },
    select: { id: true, status: true },
  });
  return new Map(rows.map(({ id, status }) => [id, status]));
}
