import { db } from '../../db';
import { logBillingError } from '../errors';
import { partOfEvent } from '../mirror/resources';
import { syncCustomer } from '../mirror/sync';
import { isLivemode } from '../stripe';
import { markFailed } from './event-log';

/**
 * Catches up with what Stripe told of a customer before we knew it was ours. To be called after its
 * row was written: an event that is told from then on finds the row.
 */
export async function takeEarlyEvents(customerId: string): Promise<void> {
  const ignored = await db().stripeEvent.findMany({
    where: { customerId, livemode: isLivemode(), status: 'ignored' },
    select: { id: true, type: true },
  });
  // That it was created is what its row says.
  const early = ignored.filter(({ type }) => type !== 'customer.created' && partOfEvent(type));
  if (early.length === 0) return;
  const events = early.map(({ id }) => id);
  try {
    await syncCustomer(customerId, { events });
  } catch (error) {
    // Nobody is to wait for this: failed events are found by the reconciler.
    logBillingError(error);
    await markFailed(events, error);
  }
}
