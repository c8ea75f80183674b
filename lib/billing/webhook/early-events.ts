import { logBillingError } from '../errors';
import { syncCustomer } from '../mirror/sync';
import { markFailed } from './event-log';
import { loggedEvents } from './logged-events';

/**
 * Processes the events about a customer that arrived before we knew it was ours. Call it after the
 * customer's row was written: events that arrive later find that row.
 */
export async function processEarlyEvents(customerId: string): Promise<void> {
  const ignored = await loggedEvents({ customerId, status: 'ignored' });
  // Its row already says that it was created.
  const early = ignored.filter(({ type, resource }) => type !== 'customer.created' && resource);
  if (early.length === 0) return;
  const events = early.map(({ id }) => id);
  try {
    await syncCustomer(customerId, { events });
  } catch (error) {
    // Nobody should have to wait for this: the reconciler finds failed events.
    logBillingError(error);
    await markFailed(events, error);
  }
}
