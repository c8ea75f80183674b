import type { OwnSubscription } from './account';
import type { ChangeCode } from './change-code';
import { directionOf, type Terms } from './change-direction';
import type { Problem } from './notices';
import { currencies, findCurrency, mostMembers, type PaidPlan, type PlanChoice } from './plans';

/** What somebody wants to have instead of what they have. */
export type PlanGoal = PlanChoice & { quantity: number; code?: ChangeCode };

/** `now`: an upgrade, once it is paid, and any change of a trial. `period-end`: a downgrade. */
export type Timing = 'now' | 'period-end';

/** Why a change has to wait for something else. */
export type Refusal = Extract<Problem, 'no-change' | 'keep-first' | 'pay-first' | 'resume-first'>;

/** When a change of plan is made, or why it is not. */
export function timingOf(subscription: OwnSubscription, goal: PlanGoal): Timing | Refusal {
  const { plan, interval, quantity, status } = subscription;
  // By what it is, not by what it costs: an older price is kept, and is not a change to offer.
  const isSame = plan === goal.plan.name && interval === goal.interval;
  if (isSame && quantity === goal.quantity) return 'no-change';
  if (subscription.cancelAt) return 'keep-first';
  if (status === 'paused' || subscription.pauseBehavior) return 'resume-first';
  if (status === 'trialing') return 'now';
  if (status === 'unpaid') return 'pay-first';
  if (directionOf(subscription, termsOf(goal, subscription.currency)) === 'downgrade') {
    return 'period-end';
  }
  return status === 'past_due' ? 'pay-first' : 'now';
}

export function isTiming(name: unknown): name is Timing {
  return name === 'now' || name === 'period-end';
}

/**
 * How many seats a choice means for somebody: one for each member, and a person alone says how many.
 *
 * @param members as {@link seatsFor} takes them
 * @param asked what they asked for; nothing keeps the number that they have, as far as the plan goes
 * @returns null when the plan is not sold with that many, or not for that many members
 */
export function seatsOf(
  { plan }: PlanChoice,
  held: Pick<OwnSubscription, 'plan' | 'quantity'> | null,
  members: number | null,
  asked: string | null,
): number | null {
  if (members !== null && members > mostMembers(plan)) return null;
  if (!plan.seats) return plan.name === held?.plan ? held.quantity : 1;
  const { min, max } = plan.seats;
  if (members !== null || !asked) return seatsFor(plan, members ?? held?.quantity ?? 1, min);
  const seats = /^\d{1,6}$/.test(asked) ? Number(asked) : Number.NaN;
  return seats >= min && seats <= max ? seats : null;
}

/** What somebody is told whose seats a plan is not sold with. */
export function seatsProblem(members: number | null): Problem {
  return members === null ? 'seats' : 'members';
}

/**
 * How many seats of a plan are paid for.
 *
 * @param members how many people share the account; null for a person alone, who chooses
 */
export function seatsFor({ seats }: PaidPlan, members: number | null, chosen: number): number {
  if (!seats || members === null) return chosen;
  return Math.min(Math.max(members, seats.min), seats.max);
}

function termsOf({ plan, interval, quantity }: PlanGoal, currency: string): Terms {
  const unitAmount = plan.prices[interval][findCurrency(currency) ?? currencies[0]];
  return { plan: plan.name, unitAmount, quantity, interval, intervalCount: 1 };
}
