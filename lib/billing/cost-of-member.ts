import type { BillingAccount } from './account';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import { seatsFor } from './plan-change';
import { findPaidPlan, mostMembers, planChangeProration } from './plans';
import { askForInvoice } from './preview-change';
import { seatsPaidFor } from './set-seats';
import { isLive } from './subscription-status';

/** What one more member costs. Amounts are in the currency's smallest unit. */
export type MemberCost = {
  /** To be paid when they join. */
  today: number;
  /** By how much the payments after that are higher. */
  perPeriod: number;
  currency: string;
  interval: string;
};

/**
 * Asks Stripe what another member costs. A page that shows it can be loaded without a click and so counts
 * as one.
 *
 * @returns null when members cost nothing or no other can join; also when they ask too often, and when
 *   Stripe refuses, fails or is slow, which is logged
 */
export async function costOfMember(account: BillingAccount): Promise<MemberCost | null> {
  const { subscription, members } = account;
  const plan = findPaidPlan(subscription?.plan);
  if (!subscription || !isLive(subscription.status) || !plan?.seats || members === null)
    return null;
  if (members >= mostMembers(plan)) return null;
  const { itemId: id, quantity, status, currency, interval } = subscription;
  const items = [{ id, quantity: seatsFor(plan, members + 1, quantity) }];
  const isFree = async () => status === 'trialing' || (await seatsPaidFor(subscription)) > members;
  const askFor = (mode: 'next' | 'recurring') =>
    askForInvoice(account, mode, { items, proration_behavior: planChangeProration });
  try {
    await limitClicks(account.person?.id ?? account.id);
    const [isPaid, now, before, after] = await Promise.all([
      isFree(),
      askFor('next'),
      askForInvoice(account, 'recurring', {}),
      askFor('recurring'),
    ]);
    const perPeriod = after.total - before.total;
    return { today: isPaid ? 0 : Math.max(now.amount_due, 0), perPeriod, currency, interval };
  } catch (error) {
    logBillingError(error);
    return null;
  }
}
