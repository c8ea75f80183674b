import type { OwnSubscription } from './account';
import { nextChangeOf } from './next-change';
import { findPaidPlan, type Interval, isInterval, type PaidPlan, type PlanChoice } from './plans';
import { isLive } from './subscription-status';

/** What somebody wants to have instead of what they have. */
export type PlanGoal = PlanChoice & { quantity: number };

/** What they have. */
type Held = Pick<OwnSubscription, 'plan' | 'interval' | 'quantity'>;

/**
 * What a change is: the definition that everything else follows.
 *
 * - To another plan: an upgrade when it costs more each month, in the catalogue, a year's price counting
 *   as twelve months.
 * - Within a plan: an upgrade with more seats, a downgrade with fewer; with as many, paying by the year
 *   instead of the month is an upgrade, and the other way round a downgrade.
 */
export function directionOf(held: Held, goal: PlanGoal): 'upgrade' | 'downgrade' | 'none' {
  const plan = findPaidPlan(held.plan);
  if (plan !== goal.plan) {
    const interval = isInterval(held.interval) ? held.interval : 'month';
    const present = plan ? monthly(plan, interval) * held.quantity : 0;
    return monthly(goal.plan, goal.interval) * goal.quantity > present ? 'upgrade' : 'downgrade';
  }
  if (goal.quantity !== held.quantity) {
    return goal.quantity > held.quantity ? 'upgrade' : 'downgrade';
  }
  if (goal.interval === held.interval) return 'none';
  return goal.interval === 'year' ? 'upgrade' : 'downgrade';
}

/**
 * When and where a change is made.
 *
 * - `now`: an upgrade, or any change during a trial: by us, and once it is paid
 * - `period-end`: a downgrade: planned by us
 * - `portal`: what we leave to Stripe's portal: an upgrade while money is owed, a plan on hold, a
 *   subscription under a schedule that is not ours
 * - `keep-first`: the plan is going to end, which has to be taken back before
 * - `none`: they have it
 */
export type ChangeTiming = 'now' | 'period-end' | 'portal' | 'keep-first' | 'none';

export function timingOf(subscription: OwnSubscription, goal: PlanGoal): ChangeTiming {
  const { status, cancelAt, pauseBehavior, scheduleId } = subscription;
  const direction = directionOf(subscription, goal);
  if (direction === 'none') return 'none';
  if (cancelAt) return 'keep-first';
  const isForeign = scheduleId !== null && nextChangeOf(subscription) === null;
  if (!isLive(status) || pauseBehavior || isForeign) return 'portal';
  if (status === 'trialing') return 'now';
  if (direction === 'downgrade') return 'period-end';
  return status === 'past_due' ? 'portal' : 'now';
}

function monthly(plan: PaidPlan, interval: Interval): number {
  return interval === 'year' ? plan.prices.year / 12 : plan.prices.month;
}
