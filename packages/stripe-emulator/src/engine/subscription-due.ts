import type { Context } from '../core/context';
import { periodEnds } from './items';
import type { Subscription } from './objects';
import { expirePendingUpdate } from './pending-update';
import { runSchedule } from './schedule-run';
import { changeSubscription, nextDue, trialNotice } from './subscription-changes';
import { cancelSubscription, expireIncomplete } from './subscription-end';
import { renewSubscription } from './subscription-renew';

/** Does what time brings to a subscription at exactly `ctx.now`, and asks to be called again. */
export function subscriptionDue(ctx: Context, id: string): void {
  const subscription = ctx.find('subscription', id);
  if (!subscription) return;
  if (subscription.status === 'incomplete') expireIncomplete(ctx, subscription);
  else if (isOver(ctx, subscription)) cancelSubscription(ctx, id, keptReason(subscription));
  else goOn(ctx, subscription);
  const present = ctx.get('subscription', id);
  ctx.schedule('subscription.due', id, nextDue(ctx, present));
}

function goOn(ctx: Context, subscription: Subscription): void {
  const resumesAt = subscription.pause_collection?.resumes_at;
  if (resumesAt && resumesAt <= ctx.now) {
    changeSubscription(ctx, subscription.id, { pause_collection: null });
  }
  if (subscription.pending_update && subscription.pending_update.expires_at <= ctx.now) {
    expirePendingUpdate(ctx, subscription);
  }
  if (trialNotice(subscription) === ctx.now) {
    ctx.emit('customer.subscription.trial_will_end', ctx.get('subscription', subscription.id));
  }
  runSchedule(ctx, subscription.id);
  const present = ctx.get('subscription', subscription.id);
  const renews = present.status !== 'paused' && present.status !== 'canceled';
  if (renews && periodEnds(present).first <= ctx.now) renewSubscription(ctx, present);
}

function isOver(ctx: Context, subscription: Subscription): boolean {
  return subscription.cancel_at !== null && subscription.cancel_at <= ctx.now;
}

function keptReason(subscription: Subscription) {
  return { reason: subscription.cancellation_details?.reason ?? 'cancellation_requested' } as const;
}
