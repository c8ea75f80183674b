import type { Context } from '../../core/context';
import { invalidRequest, missing } from '../../core/errors';
import type { Stored } from '../../core/tables';
import { isMetered } from '../../engine/items';
import { planOffer } from './plan-offer';
import type { Visit } from './visit';

type Subscription = Stored<'subscription'>;

/** Shown in the portal: what runs or can be taken up again. */
const SHOWN = new Set(['active', 'past_due', 'paused', 'trialing', 'unpaid', 'incomplete']);

/** The visitor's subscriptions that the portal shows, newest first. */
export function shownSubscriptions(ctx: Context, visit: Visit): Subscription[] {
  return [...ctx.by('subscription', 'customer', visit.customer.id)].filter(
    (subscription) => SHOWN.has(subscription.status) && isOfVisit(visit, subscription),
  );
}

/** @throws StripeError when it is not the visitor's, or over */
export function ownSubscription(ctx: Context, visit: Visit, id: string): Subscription {
  const subscription = ctx.get('subscription', id);
  const own = subscription.customer === visit.customer.id && isOfVisit(visit, subscription);
  if (!own || !SHOWN.has(subscription.status)) throw missing('subscription', id);
  return subscription;
}

/** A session on behalf of an account shows that account's subscriptions and invoices only. */
export function isOfVisit(visit: Visit, object: { on_behalf_of: string | null }): boolean {
  const account = visit.session.on_behalf_of;
  return account === null || object.on_behalf_of === account;
}

/** Whether a cancellation is scheduled, by flag or by date. */
export function isCanceling(subscription: Subscription): boolean {
  return subscription.cancel_at !== null || subscription.cancel_at_period_end;
}

/** The end of the longest running period, Unix seconds. */
export function periodEnd(subscription: Subscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end));
}

/** What the configuration lets the visitor do with a subscription in the state it is in. */
export interface Abilities {
  update: boolean;
  /** Taking back a change that waits for the period's end. */
  keep: boolean;
  cancel: boolean;
  renew: boolean;
  pause: boolean;
  resume: boolean;
}

export function abilitiesFor(ctx: Context, visit: Visit, subscription: Subscription): Abilities {
  const { configuration, flow } = visit;
  const { subscription_cancel, subscription_pause, subscription_update } = configuration.features;
  const runs = ['active', 'past_due', 'trialing', 'unpaid'].includes(subscription.status);
  const canceling = isCanceling(subscription);
  const [item, ...others] = subscription.items.data;
  const isPlain =
    item !== undefined &&
    others.length === 0 &&
    !isMetered(item.price) &&
    subscription.collection_method === 'charge_automatically' &&
    subscription.schedule === null &&
    subscription.pending_update === null;
  const isFlexible = subscription.billing_mode.type === 'flexible';
  const goesOn = subscription.status === 'active' && !canceling && subscription.schedule === null;
  return {
    update:
      subscription_update.enabled &&
      subscription_update.default_allowed_updates.length > 0 &&
      runs &&
      (!canceling || flow !== null) &&
      isPlain &&
      planOffer(ctx, visit, subscription).prices.length > 0,
    keep: subscription_update.enabled && runs && subscription.schedule !== null,
    cancel: subscription_cancel.enabled && !canceling,
    renew: subscription_cancel.enabled && canceling && runs,
    pause: subscription_pause.enabled && goesOn && isFlexible,
    resume: subscription_pause.enabled && subscription.status === 'paused',
  };
}

/** The visitor's subscription, if they may do this with it. @throws StripeError if not */
export function subscriptionFor(
  ctx: Context,
  visit: Visit,
  id: string,
  ability: keyof Abilities,
): Subscription {
  const subscription = ownSubscription(ctx, visit, id);
  if (abilitiesFor(ctx, visit, subscription)[ability]) return subscription;
  throw invalidRequest(REFUSALS[ability]);
}

const REFUSALS: Record<keyof Abilities, string> = {
  update: 'This subscription cannot be changed here.',
  keep: 'No change of this subscription is scheduled.',
  cancel: 'This subscription cannot be canceled here, or is being canceled already.',
  renew: 'This subscription is not being canceled.',
  pause: 'This subscription cannot be paused here.',
  resume: 'This subscription is not paused.',
};
