import type { Context } from '../core/context';
import { refreshEntitlements } from './entitlements';
import { isMetered, periodEnds } from './items';
import type { Subscription } from './objects';
import { collectionSettings } from './settings';
import { billUsageFrom } from './usage-lines';

/** A first invoice can be paid for this long. */
const INCOMPLETE_SECONDS = 23 * 3600;
/** The end of a trial is announced this long before. */
const TRIAL_NOTICE_SECONDS = 3 * 86_400;

const RENEWING: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due', 'unpaid']);

/** Stores a new subscription and writes `customer.subscription.created`. */
export function insertSubscription(ctx: Context, subscription: Subscription): Subscription {
  ctx.insert('subscription', subscription, 'customer.subscription.created');
  followUp(ctx, subscription);
  noticeTrialEnd(ctx, null, subscription);
  return subscription;
}

/** Changes a subscription and writes `customer.subscription.updated` when something really changed. */
export function changeSubscription(
  ctx: Context,
  id: string,
  changes: Partial<Subscription>,
): Subscription {
  const former = ctx.get('subscription', id);
  const changed = ctx.update('subscription', id, changes, 'customer.subscription.updated');
  noteNewMeters(ctx, former, changed);
  followUp(ctx, changed);
  noticeTrialEnd(ctx, former.trial_end, changed);
  return changed;
}

/** Changes a subscription without an event of its own; the caller writes the fitting one. */
export function changeSilently(
  ctx: Context,
  id: string,
  changes: Partial<Subscription>,
): Subscription {
  const changed = ctx.update('subscription', id, changes);
  followUp(ctx, changed);
  return changed;
}

/** What an item is used for counts from when it got its price, not from when its period began. */
function noteNewMeters(ctx: Context, former: Subscription, changed: Subscription): void {
  if (former.items === changed.items) return;
  for (const item of changed.items.data) {
    const before = former.items.data.find(({ id }) => id === item.id);
    if (before?.price.id !== item.price.id && isMetered(item.price)) {
      billUsageFrom(ctx, item.id, ctx.now);
    }
  }
}

/** When time will next do something to a subscription; `null`: never again. */
export function nextDue(ctx: Context, subscription: Subscription): number | null {
  const times: number[] = [];
  const { status } = subscription;
  if (status === 'incomplete') times.push(subscription.created + INCOMPLETE_SECONDS);
  if (RENEWING.has(status)) times.push(periodEnds(subscription).first);
  if (RENEWING.has(status) || status === 'paused') {
    if (subscription.cancel_at !== null) times.push(subscription.cancel_at);
    if (subscription.pause_collection?.resumes_at) {
      times.push(subscription.pause_collection.resumes_at);
    }
    if (subscription.pending_update) times.push(subscription.pending_update.expires_at);
  }
  for (const notice of [trialNotice(subscription), upcomingNotice(ctx, subscription)]) {
    if (notice !== null && notice > ctx.now) times.push(notice);
  }
  return times.length > 0 ? Math.min(...times) : null;
}

/** When the end of the running trial is announced. */
export function trialNotice(subscription: Subscription): number | null {
  if (subscription.status !== 'trialing' || subscription.trial_end === null) return null;
  return subscription.trial_end - TRIAL_NOTICE_SECONDS;
}

/** When the next invoice is announced: so many days before, unless the period is no longer than that. */
export function upcomingNotice(ctx: Context, subscription: Subscription): number | null {
  const { upcomingDays } = collectionSettings(ctx);
  const { first } = periodEnds(subscription);
  const { cancel_at: end, pause_collection: paused, status } = subscription;
  if (upcomingDays === 0 || !RENEWING.has(status) || paused) return null;
  if (end !== null && end <= first) return null;
  const at = first - upcomingDays * 86_400;
  const starts = subscription.items.data.map((item) => item.current_period_start);
  return at > Math.min(...starts) ? at : null;
}

/** Looks again when time will do something to each subscription of a world. */
export function rescheduleAll(ctx: Context): void {
  for (const subscription of [...ctx.world.subscription.walk()]) {
    const own = ctx.onClock(subscription.test_clock);
    own.schedule('subscription.due', subscription.id, nextDue(own, subscription));
  }
}

/** A trial that is set to end in less than three days, or at once, has its end announced at once. */
function noticeTrialEnd(ctx: Context, former: number | null, subscription: Subscription): void {
  const end = subscription.trial_end;
  if (end === null || end === former || end - TRIAL_NOTICE_SECONDS > ctx.now) return;
  ctx.emit('customer.subscription.trial_will_end', subscription);
}

/** Keeps what depends on a subscription in step with it. */
function followUp(ctx: Context, subscription: Subscription): void {
  ctx.schedule('subscription.due', subscription.id, nextDue(ctx, subscription));
  const current = new Set(subscription.items.data.map((item) => item.id));
  for (const item of [...ctx.by('subscription_item', 'subscription', subscription.id)]) {
    if (!current.has(item.id)) ctx.world.subscription_item.delete(item.id);
  }
  for (const item of subscription.items.data) {
    if (ctx.find('subscription_item', item.id) !== item) ctx.world.subscription_item.put(item);
  }
  refreshEntitlements(ctx, subscription.customer);
}
