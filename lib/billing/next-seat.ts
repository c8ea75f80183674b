import { accessOf } from '../access';
import type { BillingAccount, OwnSubscription } from './account';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import { seatsFor } from './plan-change';
import { findPaidPlan, mostMembers, planChangeProration } from './plans';
import { askForInvoice } from './preview-change';
import { seatsPaidFor } from './set-seats';
import { isLive } from './subscription-status';

/** What one more member of a team costs. Amounts are in the currency's smallest unit. */
export type NextSeat =
  | { kind: 'included' }
  /** Its plan allows no more members than it has. */
  | { kind: 'full' }
  /** `seat` is the price of one, before discounts and tax. */
  | { kind: 'paid'; dueNow: number; seat: Seat }
  | { kind: 'unknown' };

type Seat = Pick<OwnSubscription, 'currency' | 'interval' | 'intervalCount'> & {
  unitAmount: number | null;
};

/**
 * Asks Stripe what it would charge today. A page that shows it can be loaded without a click and so counts as
 * one. It is `unknown` when they ask too often, and when Stripe refuses, fails or is slow, which is logged.
 */
export async function nextSeatOf(account: BillingAccount): Promise<NextSeat> {
  const { subscription, members } = account;
  const size = (members ?? 0) + 1;
  if (size > mostMembers((await accessOf(account)).plan)) return { kind: 'full' };
  const plan = findPaidPlan(subscription?.plan);
  if (!subscription || !plan) return { kind: 'included' };
  const { quantity: held } = subscription;
  const more = seatsFor(plan, size, held) - seatsFor(plan, members, held);
  if (more === 0) return { kind: 'included' };
  // Stripe may not have been told yet of who has just joined.
  const quantity = held + more;
  const unitAmount = subscription.unitAmount === null ? null : Number(subscription.unitAmount);
  const cost = { kind: 'paid', seat: { ...subscription, unitAmount } } as const;
  try {
    await limitClicks(account.person?.id ?? account.id);
    const isPaidFor = quantity <= (await seatsPaidFor(subscription));
    if (isPaidFor || !isLive(subscription.status) || subscription.status === 'trialing') {
      return { ...cost, dueNow: 0 };
    }
    const items = [{ id: subscription.itemId, quantity }];
    const details = { items, proration_behavior: planChangeProration } as const;
    return { ...cost, dueNow: (await askForInvoice(account, 'next', details)).amount_due };
  } catch (error) {
    logBillingError(error);
    return { kind: 'unknown' };
  }
}
