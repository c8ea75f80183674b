import { addIntervals } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { periodEnds } from './items';
import type { Subscription } from './objects';

/** How a request schedules, moves or takes back a cancellation. */
export interface CancelTimeInput {
  cancel_at?: number | 'max_billed_until' | 'max_period_end' | 'min_period_end' | null;
  cancel_at_period_end?: boolean;
}

/** The fields of a subscription that a scheduled cancellation sets. */
type CancelFields = Partial<
  Pick<Subscription, 'cancel_at' | 'cancel_at_period_end' | 'canceled_at' | 'cancellation_details'>
>;

/**
 * What a request's `cancel_at` and `cancel_at_period_end` change. The flag always sets a date as
 * well; unsetting either takes both back.
 *
 * @throws StripeError for both at once, and for a date in the past or more than five years ahead
 */
export function resolveCancelAt(
  ctx: Context,
  subscription: Subscription,
  input: CancelTimeInput,
): CancelFields {
  if (input.cancel_at && input.cancel_at_period_end) {
    throw invalidRequest(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
    );
  }
  if (input.cancel_at_period_end) {
    const at = periodEnds(subscription).last;
    return { ...scheduled(ctx, subscription, at), cancel_at_period_end: true };
  }
  if (input.cancel_at) {
    const at = momentOf(ctx, subscription, input.cancel_at);
    return { ...scheduled(ctx, subscription, at), cancel_at_period_end: false };
  }
  const isTakenBack =
    input.cancel_at === null ||
    (input.cancel_at_period_end === false && subscription.cancel_at_period_end);
  return isTakenBack ? notCanceled() : {};
}

/** The fields of a subscription that goes on. */
function notCanceled(): CancelFields {
  return {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  };
}

function scheduled(ctx: Context, subscription: Subscription, at: number): CancelFields {
  return {
    cancel_at: at,
    canceled_at: subscription.canceled_at ?? ctx.now,
    cancellation_details: {
      comment: subscription.cancellation_details?.comment ?? null,
      feedback: subscription.cancellation_details?.feedback ?? null,
      feedback_option: subscription.cancellation_details?.feedback_option ?? null,
      reason: 'cancellation_requested',
    },
  };
}

function momentOf(
  ctx: Context,
  subscription: Subscription,
  asked: number | 'max_billed_until' | 'max_period_end' | 'min_period_end',
): number {
  const ends = periodEnds(subscription);
  if (asked === 'min_period_end') return ends.first;
  if (typeof asked === 'string') return ends.last;
  if (asked <= ctx.now) {
    throw invalidRequest('The `cancel_at` timestamp must be in the future.', 'cancel_at');
  }
  if (asked > addIntervals(ctx.now, 'year', 5)) {
    throw invalidRequest(
      'Invalid timestamp: can be no more than five years in the future',
      'cancel_at',
    );
  }
  return asked;
}
