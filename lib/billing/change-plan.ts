import Stripe from 'stripe';
import type { AbsoluteUrl } from '../absolute-url';
import { type BillingAccount, findBillingAccount, type OwnSubscription } from './account';
import { codeForChange } from './change-code';
import { BillingError, logBillingError, refusedParam } from './errors';
import { takeBackChange } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import { nextChangeOf } from './next-change';
import { noticeAfterChange } from './notice-after-change';
import type { Notice } from './notices';
import { invoicePage } from './pay-now';
import { isTiming, type PlanGoal, seatsFor, type Timing, timingOf } from './plan-change';
import { planChangeProration } from './plans';
import { changedItem, previewDue } from './preview-change';
import { acceptedCode } from './promotion-code';
import { idOf, stripe } from './stripe';
import { isOngoing } from './subscription-status';

/** Seconds: a preview may be confirmed for this long. */
const PREVIEW_LIFETIME = 15 * 60;

/** What the person saw when they confirmed. The amount is only compared, never charged. */
export type Confirmed = {
  timing: Timing | null;
  at: number;
  dueNow: number;
  /** The promotion code with which it was computed, as typed. */
  code?: string | undefined;
};

/**
 * Makes the change that somebody confirmed on our page: an upgrade now, and only once it is paid; a
 * downgrade at the end of the period. It replaces a change that was planned before. Doing it again
 * changes nothing.
 *
 * @returns the page of Stripe's where the payment has to be completed; else what to tell them
 * @throws BillingError `preview-outdated` when the change would not cost what they saw, and nothing was
 *   changed; `code-refused`; `no-card`; or what has to be done first, as {@link timingOf} says
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow, or the card is declined
 */
export async function changePlan(
  { id, customer }: BillingAccount,
  chosen: PlanGoal,
  confirmed: Confirmed,
): Promise<{ pay: AbsoluteUrl } | { notice: Notice }> {
  // Not by our own copy: another tab may have changed it just now.
  if (customer) await syncCustomer(customer, { resources: ['subscriptions'] });
  const account = await findBillingAccount(id);
  const { subscription } = account;
  if (!customer || !subscription || !isOngoing(subscription.status)) {
    throw new BillingError('nothing-to-keep', `user ${id} has no plan to change`);
  }
  if (seatsFor(chosen.plan, account.members, chosen.quantity) !== chosen.quantity) {
    throw new BillingError('preview-outdated', `account ${id} has other members now`);
  }
  const timing = timingOf(subscription, chosen);
  if (timing === 'no-change') return { notice: 'changed' };
  if (!isTiming(timing)) throw new BillingError(timing, `${subscription.id} cannot change now`);
  const code = confirmed.code
    ? acceptedCode(await codeForChange(account, chosen, timing, confirmed.code))
    : undefined;
  const goal = { ...chosen, code };
  await refuseOutdated(account, goal, timing, confirmed);
  if (timing === 'period-end') {
    await planChange(subscription, goal);
    return { notice: await noticeAfterChange(customer, 'planned') };
  }
  const unpaid = await changeNow(subscription, goal, confirmed.at);
  const notice = await noticeAfterChange(customer, 'changed');
  return unpaid ? { pay: unpaid } : { notice };
}

/** A moment chosen by hand would prorate to another amount, and so would a plan changed meanwhile. */
async function refuseOutdated(
  account: BillingAccount,
  goal: PlanGoal,
  timing: Timing,
  { timing: seen, at, dueNow }: Confirmed,
): Promise<void> {
  const outdated = (cause?: unknown) =>
    new BillingError('preview-outdated', `user ${account.id} saw another amount`, { cause });
  // Asked for two moments: Stripe's clock, and not ours, says how old the preview is.
  const now = await previewDue(account, goal, timing);
  const age = now ? now.at - at : 0;
  if (seen === timing && age >= 0 && age <= PREVIEW_LIFETIME) {
    const then =
      now && age > 0
        ? await previewDue(account, goal, timing, at).catch((error: unknown) => {
            // Another period has begun since.
            throw refusedParam(error)?.includes('proration_date') ? outdated(error) : error;
          })
        : now;
    if ((then?.dueNow ?? 0) === dueNow) return;
  }
  throw outdated();
}

/**
 * Setting a subscription to what it is already bills nothing, so a second click needs no protection,
 * unless it would redeem a code again.
 *
 * @returns where to pay, when the change waits for that
 */
async function changeNow(
  subscription: OwnSubscription,
  goal: PlanGoal,
  at: number,
): Promise<AbsoluteUrl | null> {
  const { id, status, scheduleId, nextChange } = subscription;
  const update = {
    items: [await changedItem(subscription, goal)],
    proration_behavior: planChangeProration,
    discounts: goal.code?.discounts,
    ...(status !== 'trialing' && { proration_date: at }),
  } satisfies Stripe.SubscriptionUpdateParams;
  const once = (behavior: 'error_if_incomplete' | 'pending_if_incomplete') =>
    goal.code && { idempotencyKey: `change:${id}:${at}:${goal.code.id}:${behavior}` };
  try {
    const payment_behavior = 'error_if_incomplete';
    await stripe().subscriptions.update(
      id,
      { ...update, payment_behavior },
      once(payment_behavior),
    );
    if (scheduleId || nextChange) await takeBackChange(id);
    return null;
  } catch (error) {
    if (isWithoutCard(error)) throw new BillingError('no-card', `${id} has no card`);
    if (!needsAuthentication(error)) throw error;
  }
  // What was planned would undo the upgrade, and nobody may be there when it is paid.
  if (scheduleId || nextChange) await takeBackChange(id);
  const payment_behavior = 'pending_if_incomplete';
  const waiting = await stripe().subscriptions.update(
    id,
    { ...update, payment_behavior, expand: ['latest_invoice'] },
    once(payment_behavior),
  );
  if (!waiting.pending_update) return null;
  return invoicePage(waiting.latest_invoice);
}

/** A schedule keeps the present plan until its period ends, then changes it and lets go. */
export async function planChange(subscription: OwnSubscription, goal: PlanGoal): Promise<void> {
  const { id, currency, currentPeriodEnd, interval, priceId } = subscription;
  if (nextChangeOf(subscription)?.kind === 'unpaid') await takeBackChange(id);
  const { price, quantity } = await changedItem(subscription, goal);
  const { schedule, isNew } = await scheduleOf(subscription);
  const present =
    schedule.phases.find(({ start_date }) => start_date === schedule.current_phase?.start_date) ??
    schedule.phases[0];
  const items = (present?.items ?? []).map((item) => ({
    price: idOf(item.price),
    // The seats may have changed since it was planned.
    quantity: idOf(item.price) === priceId ? subscription.quantity : item.quantity,
  }));
  const shared = {
    currency,
    discounts: discountsIn(present),
    default_tax_rates: present?.default_tax_rates?.map(idOf),
    proration_behavior: 'none',
  } as const;
  try {
    await stripe().subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        {
          ...shared,
          items,
          start_date: present?.start_date,
          end_date: Math.floor(currentPeriodEnd.getTime() / 1000),
        },
        {
          ...shared,
          items: items.map((item) => (item.price === priceId ? { price, quantity } : item)),
          // A year that begins with this change is a whole one.
          billing_cycle_anchor: interval === goal.interval ? 'automatic' : 'phase_start',
          // As short as can be: while a schedule runs, the portal does not change the plan.
          duration: { interval: 'day', interval_count: 1 },
        },
      ],
    });
  } catch (error) {
    // A schedule without a second phase would change nothing, and be in the way of the next attempt.
    if (isNew) await stripe().subscriptionSchedules.release(schedule.id).catch(logBillingError);
    throw error;
  }
}

/** The subscription's schedule, so that what it plans is replaced in one step; else a new one. */
async function scheduleOf({ id, scheduleId }: OwnSubscription) {
  if (scheduleId) {
    return { schedule: await stripe().subscriptionSchedules.retrieve(scheduleId), isNew: false };
  }
  try {
    const schedule = await stripe().subscriptionSchedules.create({ from_subscription: id });
    return { schedule, isNew: true };
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    // Of two clicks, the later one finds the schedule of the first.
    const { schedule } = await stripe().subscriptions.retrieve(id, { expand: ['schedule'] });
    if (!schedule || typeof schedule === 'string') throw error;
    return { schedule, isNew: false };
  }
}

type Discounts = Stripe.SubscriptionScheduleUpdateParams.Phase.Discount[];

/** A discount that runs goes on, and does not begin again. */
function discountsIn(phase: Stripe.SubscriptionSchedule.Phase | undefined): Discounts {
  return (phase?.discounts ?? []).flatMap(({ discount, coupon }): Discounts => {
    if (discount) return [{ discount: idOf(discount) }];
    return coupon ? [{ coupon: idOf(coupon) }] : [];
  });
}

/** Whether a payment failed only because the card's holder has to be asked first. */
function needsAuthentication(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeCardError &&
    (error.code === 'authentication_required' || error.code?.endsWith('_requires_action') === true)
  );
}

/** Stripe names no parameter when it is the customer who lacks a way to pay. */
function isWithoutCard(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === 'resource_missing' &&
    !error.param
  );
}
