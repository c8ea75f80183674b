import { addIntervals, type Period } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { SubscriptionInput } from './subscription-input';

/** Stripe takes trial ends at most five years ahead. */
const LONGEST_TRIAL_YEARS = 5;

/** The trial a new subscription begins with, or `null` for none. */
export function firstTrial(ctx: Context, input: SubscriptionInput): Period | null {
  const end = trialEnd(ctx, input);
  return end === null || end <= ctx.now ? null : { start: ctx.now, end };
}

/** @throws StripeError for a trial end in the past or too far ahead */
export function checkedTrialEnd(ctx: Context, time: number): number {
  if (time <= ctx.now) {
    throw invalidRequest('The `trial_end` timestamp must be in the future.', 'trial_end');
  }
  if (time > addIntervals(ctx.now, 'year', LONGEST_TRIAL_YEARS)) {
    throw invalidRequest(
      'Invalid timestamp: can be no more than five years in the future',
      'trial_end',
    );
  }
  return time;
}

function trialEnd(ctx: Context, input: SubscriptionInput): number | null {
  if (input.trial_end === 'now') return null;
  if (input.trial_end !== undefined) return checkedTrialEnd(ctx, input.trial_end);
  const days = input.trial_period_days ?? (input.trial_from_plan ? planDays(ctx, input) : 0);
  return days > 0 ? ctx.now + days * 86_400 : null;
}

function planDays(ctx: Context, input: SubscriptionInput): number {
  const prices = (input.items ?? []).map((item) =>
    ctx.find('price', item.price ?? item.plan ?? ''),
  );
  return Math.max(0, ...prices.map((price) => price?.recurring?.trial_period_days ?? 0));
}
