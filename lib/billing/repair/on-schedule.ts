import { log } from '../../log';
import { sendLeftMail } from '../../mail/outbox';
import { deliverLeftChanges } from '../deliver-changes';
import { isLivemode } from '../stripe';
import { withLease } from './lease';
import { reconcile } from './reconcile';

/** Milliseconds after which no further request is sent. The next run does the rest. */
const TIME_LIMIT = 40_000;

/** What a scheduled run did, in numbers. */
export type Counts = {
  /** How often a customer was compared with Stripe. */
  checked: number;
  /** Events whose effect was not in our database. */
  missedEvents: number;
  repaired: number;
  failed: number;
  strangers: number;
  /** False when time ran out before the work was done. */
  complete: boolean;
};

/**
 * Processes the events that never reached us, delivers the changes that are left, and sends the
 * e-mails that wait, within a time limit.
 *
 * @returns null when another run is in progress, in any process
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed
 */
export async function repairOnSchedule(): Promise<Counts | null> {
  const name = `${isLivemode() ? 'live' : 'test'} schedule`;
  const signal = AbortSignal.timeout(TIME_LIMIT);
  const report = await withLease(name, async () => {
    const reconciled = await reconcile({ fix: true, signal });
    await deliverLeftChanges(signal);
    await sendLeftMail(signal);
    return reconciled;
  });
  if (!report) return null;
  for (const { customer, error } of report.failed) {
    log.error('customer not reconciled', error, { customer });
  }
  return {
    checked: report.checked,
    missedEvents: report.missedEvents,
    repaired: report.found.length,
    failed: report.failed.length,
    strangers: report.strangers,
    complete: report.complete,
  };
}
