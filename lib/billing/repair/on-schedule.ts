import { isLivemode } from '../stripe';
import { alone } from './lease';
import { reconcile } from './reconcile';

/** Milliseconds after which no further request is made: what is not done then, the next run does. */
const TIME = 40_000;

/** What a scheduled run did, in numbers. */
export type Counts = {
  /** How often a customer was compared with Stripe. */
  checked: number;
  /** Events whose effect was not in our database. */
  missedEvents: number;
  repaired: number;
  failed: number;
  strangers: number;
  /** False when the time was over before the work was. */
  complete: boolean;
};

/**
 * Processes the events that never reached us, in a bounded time.
 *
 * @returns null when another run is under way, in whatever process
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed
 */
export async function repairOnSchedule(): Promise<Counts | null> {
  const name = `${isLivemode() ? 'live' : 'test'} schedule`;
  const signal = AbortSignal.timeout(TIME);
  const report = await alone(name, () => reconcile({ fix: true, signal }));
  if (!report) return null;
  for (const { customer, error } of report.failed) {
    console.error(`billing: ${customer} could not be reconciled: ${error}`);
  }
  const { checked, missedEvents, found, failed, strangers, complete } = report;
  const numbers = { repaired: found.length, failed: failed.length, strangers };
  return { checked, missedEvents, ...numbers, complete };
}
