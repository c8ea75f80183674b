import type { Context } from '../core/context';
import { periodEnds } from './items';
import type { Subscription } from './objects';
import { expirePendingUpdate } from './pending-update';
import { upcomingInvoice } from './preview';
import { runSchedule } from './schedule-run';
import { changeSubscription, nextDue, trialNotice, upcomingNotice } from './subscription-changes';
import { cancelSubscription, expireIncomplete } from './subscription-end';
import { renewSubscription } from './subscription-renew';

/** Does what time brings to a subscription at exactly `ctx.now`, and asks to be called again. */
export function subscriptionDue(ctx: Context, id: string): void {
  const subscription = ctx.find('subscription', id);
  if (!subscription) return;
  if (subscription.status === 'incomplete') expireIncomplete(ctx, subscription);
  else if (isOver(ctx, subscription)) cancelSubscription(ctx, id, onTime(subscription));
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
  if (upcomingNotice(ctx, subscription) === ctx.now) announceInvoice(ctx, subscription);
  runSchedule(ctx, subscription.id);
  const present = ctx.get('subscription', subscription.id);
  const renews = present.status !== 'paused' && present.status !== 'canceled';
  if (renews && periodEnds(present).first <= ctx.now) renewSubscription(ctx, present);
}

/** Tells of the invoice of the next renewal, which has no id yet. */
export function announceInvoice(ctx: Context, { customer, id }: Subscription): void {
  const request = { customer: ctx.get('customer', customer), subscription: id };
  const invoice = upcomingInvoice(ctx, request);
  if (!invoice) return;
  const { id: _none, ...upcoming } = invoice;
  ctx.emit('invoice.upcoming', upcoming);
}

function isOver(ctx: Context, subscription: Subscription): boolean {
  return subscription.cancel_at !== null && subscription.cancel_at <= ctx.now;
}

function onTime(subscription: Subscription) {
  const reason = subscription.cancellation_details?.reason ?? 'cancellation_requested';
  return { isDue: true, reason } as const;
}
