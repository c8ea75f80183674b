import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { intervalOf, itemAmount } from './items';
import type { Subscription, SubscriptionItem } from './objects';
import type { SubscriptionUpdateInput } from './subscription-update-input';
import { checkedTrialEnd } from './trial';

/** What a change does to a subscription's trial and billing anchor. */
export interface Cycle {
  /** The trial that runs after the change. */
  trial: Period | null;
  endsTrial: boolean;
  /** Something that was not on trial goes on trial, or a trial gets another end. */
  movesTrial: boolean;
  /** All items begin a new period now, counted from a new anchor. */
  restarts: boolean;
  anchor: number;
  /** An item is billed at another interval than any before. */
  switchesInterval: boolean;
}

/** @throws StripeError for a trial end that cannot be */
export function cycleAfter(
  ctx: Context,
  former: Subscription,
  items: readonly SubscriptionItem[],
  input: SubscriptionUpdateInput,
): Cycle {
  const trial = trialAfter(ctx, former, input);
  const endsTrial = former.status === 'trialing' && trial === null;
  const switchesInterval = hasOtherIntervals(former.items.data, items);
  const restarts =
    endsTrial ||
    input.billing_cycle_anchor?.type === 'now' ||
    (trial === null && restartsInClassic(ctx, former, items, switchesInterval));
  return {
    trial,
    endsTrial,
    movesTrial: trial !== null && trial.end !== former.trial_end,
    restarts,
    anchor: trial?.end ?? (restarts ? ctx.now : former.billing_cycle_anchor),
    switchesInterval,
  };
}

/** The fields that a change of cycle sets. */
export function cycleFields(
  ctx: Context,
  former: Subscription,
  { anchor, endsTrial, movesTrial, trial }: Cycle,
): Partial<Subscription> {
  return {
    ...(anchor === former.billing_cycle_anchor ? {} : { billing_cycle_anchor: anchor }),
    ...(endsTrial ? { status: 'active', trial_end: ctx.now } : {}),
    ...(movesTrial && trial
      ? { status: 'trialing', trial_end: trial.end, trial_start: trial.start }
      : {}),
  };
}

/** The trial that runs now, or `null`. */
export function runningTrial(subscription: Subscription): Period | null {
  const { status, trial_end: end, trial_start: start } = subscription;
  return status === 'trialing' && end !== null && start !== null ? { start, end } : null;
}

function trialAfter(
  ctx: Context,
  former: Subscription,
  input: SubscriptionUpdateInput,
): Period | null {
  const running = runningTrial(former);
  if (input.trial_end === undefined) return running;
  if (input.trial_end === 'now') return null;
  return { start: running?.start ?? ctx.now, end: checkedTrialEnd(ctx, input.trial_end) };
}

/** Classic mode starts a new cycle when the interval changes or something free becomes paid. */
function restartsInClassic(
  ctx: Context,
  former: Subscription,
  items: readonly SubscriptionItem[],
  switchesInterval: boolean,
): boolean {
  if (former.billing_mode.type !== 'classic') return false;
  const total = (list: readonly SubscriptionItem[]) =>
    list.reduce((sum, item) => sum + itemAmount(ctx, item), 0);
  return switchesInterval || (total(former.items.data) === 0 && total(items) > 0);
}

function hasOtherIntervals(
  former: readonly SubscriptionItem[],
  items: readonly SubscriptionItem[],
): boolean {
  const known = new Set(former.map((item) => intervalOf(item.price)));
  return items.some((item) => !known.has(intervalOf(item.price)));
}
