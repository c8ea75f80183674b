import type Stripe from 'stripe';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import type { BillingAccount, OwnSubscription } from './account';
import { BillingError, logBillingError } from './errors';
import { takeBackChange } from './keep-plan';
import { noticeAfterChange } from './notice-after-change';
import type { Notice } from './notices';
import { type PlanGoal, timingOf } from './plan-change';
import { planChangeProration } from './plans';
import { changedItem, previewChange } from './preview-change';
import { stripe } from './stripe';

/** Seconds: a preview may be confirmed for this long. */
const PREVIEW_LIFETIME = 15 * 60;

/** What the person saw when they confirmed: `at` and `dueNow` of the preview. */
export type Confirmed = { at: number; dueNow: number };

/**
 * Makes the change that somebody confirmed on our page: an upgrade now, and only once it is paid; a
 * downgrade at the end of the period. It replaces a change that was planned before.
 *
 * @returns the page of Stripe's where the payment has to be completed; else what to tell them
 * @throws BillingError `preview-outdated` when the change would not cost what they saw, and nothing was
 *   changed; `no-change` when it is not one that is confirmed on our page
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function changePlan(
  account: BillingAccount,
  goal: PlanGoal,
  confirmed: Confirmed,
): Promise<{ pay: AbsoluteUrl } | { notice: Notice }> {
  const { customer, subscription } = account;
  const timing = subscription ? timingOf(subscription, goal) : 'none';
  if (!customer || !subscription || (timing !== 'now' && timing !== 'period-end')) {
    throw new BillingError('no-change', `user ${account.id}: the change is "${timing}"`);
  }
  await refuseOutdated(account, goal, timing, confirmed);
  if (subscription.nextChange) await takeBackChange(subscription.id);
  if (timing === 'period-end') {
    await planChange(subscription, goal, confirmed.at);
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
  timing: 'now' | 'period-end',
  { at, dueNow }: Confirmed,
): Promise<void> {
  const age = Math.floor(Date.now() / 1000) - at;
  if (age >= 0 && age <= PREVIEW_LIFETIME) {
    const preview = await previewChange(account, goal, timing, at);
    if (preview.dueNow === dueNow) return;
  }
  throw new BillingError('preview-outdated', `user ${account.id} saw another amount`);
}

/** @returns where to pay, when the change waits for that */
async function changeNow(
  subscription: OwnSubscription,
  goal: PlanGoal,
  at: number,
): Promise<AbsoluteUrl | null> {
  const item = await changedItem(subscription, goal);
  const changed = await stripe().subscriptions.update(
    subscription.id,
    {
      items: [item],
      proration_behavior: planChangeProration,
      proration_date: at,
      payment_behavior: 'pending_if_incomplete',
      expand: ['latest_invoice'],
    },
    { idempotencyKey: `change:${subscription.id}:${item.price}:${item.quantity}:${at}` },
  );
  if (!changed.pending_update) return null;
  const invoice = typeof changed.latest_invoice === 'object' ? changed.latest_invoice : null;
  const url = invoice?.hosted_invoice_url;
  if (url && isAbsoluteUrl(url)) return url;
  throw new BillingError('unavailable', `${subscription.id} waits for an invoice without a page`);
}

/** A schedule keeps the present plan until its period ends, then changes it and lets go. */
async function planChange(
  subscription: OwnSubscription,
  goal: PlanGoal,
  at: number,
): Promise<void> {
  const { price, quantity } = await changedItem(subscription, goal);
  const schedule = await stripe().subscriptionSchedules.create(
    { from_subscription: subscription.id },
    { idempotencyKey: `plan:${subscription.id}:${price}:${quantity}:${at}` },
  );
  const present = schedule.phases[0];
  try {
    await stripe().subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        {
          start_date: present?.start_date,
          end_date: Math.floor(subscription.currentPeriodEnd.getTime() / 1000),
          items: (present?.items ?? []).map((item) => ({
            price: idOfPrice(item),
            quantity: item.quantity,
          })),
          discounts: discountsIn(present),
          proration_behavior: 'none',
        },
        {
          items: [{ price, quantity }],
          duration: { interval: goal.interval, interval_count: 1 },
          discounts: discountsIn(present),
          proration_behavior: 'none',
        },
      ],
    });
  } catch (error) {
    // A schedule without a second phase would change nothing, and be in the way of the next attempt.
    await stripe().subscriptionSchedules.release(schedule.id).catch(logBillingError);
    throw error;
  }
}

function idOfPrice({ price }: Stripe.SubscriptionSchedule.Phase.Item): string {
  return typeof price === 'string' ? price : price.id;
}

type Discounts = Stripe.SubscriptionScheduleUpdateParams.Phase.Discount[];

/** A discount that runs goes on, and does not begin anew. */
function discountsIn(phase: Stripe.SubscriptionSchedule.Phase | undefined): Discounts {
  return (phase?.discounts ?? []).flatMap(({ discount, coupon }): Discounts => {
    if (discount) return [{ discount: typeof discount === 'string' ? discount : discount.id }];
    return coupon ? [{ coupon: typeof coupon === 'string' ? coupon : coupon.id }] : [];
  });
}
