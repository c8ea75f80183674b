import { log } from '../../log';
import { sendLeftMail } from '../../mail/outbox';
import { removeExpired } from '../../retention';
import { followLeftMembers } from '../../team/follow-members';
import { deliverLeftChanges } from '../deliver-changes';
import { mode } from '../stripe';
import { withLease } from './lease';
import { billingNumbers, keepRun, type Run } from './numbers';
import { reconcile } from './reconcile';

/** Milliseconds after which no further request is sent. The next run does the rest. */
const TIME_LIMIT = 40_000;

/**
 * Processes the events that never reached us, delivers the changes that are left, makes teams pay for as
 * many seats as they have members, sends the e-mails that wait, and removes what was kept long enough,
 * within a time limit.
 *
 * @returns null when another run is in progress, in any process
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed
 */
export async function repairOnSchedule(): Promise<Omit<Run, 'at'> | null> {
  const name = `${mode()} schedule`;
  const signal = AbortSignal.timeout(TIME_LIMIT);
  let removed = 0;
  const report = await withLease(name, async () => {
    const reconciled = await reconcile({ fix: true, signal });
    await deliverLeftChanges(signal);
    await followLeftMembers(signal);
    await sendLeftMail(signal);
    removed = await removeExpired(signal);
    return reconciled;
  });
  if (!report) return null;
  const { checked, missedEvents, found, failed, strangers, complete } = report;
  const gapSince = report.gapSince?.toISOString() ?? null;
  if (gapSince) {
    const facts = { since: gapSince, checked, complete };
    log.error('no complete run for over thirty days: every customer is checked', null, facts);
  }
  for (const { customer, error } of failed)
    log.error('customer not reconciled', error, { customer });
  const counts = {
    checked,
    missedEvents,
    repaired: found.length,
    failed: failed.length,
    strangers,
    removed,
    complete,
    gapSince,
  };
  await keepRun({ at: new Date().toISOString(), ...counts });
  log.info('billing numbers', await billingNumbers());
  return counts;
}
