import type { Customer, Subscription } from '../generated/prisma/client';
import { type CircumstanceName, circumstances } from './circumstances';
import { nextPayment } from './next-payment';
import { findPlan, freePlan, type Plan } from './plans';
import { isLivemode } from './stripe';
import { mostImportant } from './subscription-status';
import { whyUndone } from './undone';

/** How somebody stands with us: which subscription counts, what it is worth, what they have to know. */
export type Standing = {
  /** What they have the use of now. */
  plan: Plan;
  /** The row of the table of circumstances. */
  state: CircumstanceName;
  /** The subscription that matters most, or null for someone who never had one. */
  subscription: Subscription | null;
  /** Its customer. */
  customer: Customer | null;
  /** The current billing period of the subscription that gives the plan; null on the free plan. */
  period: { start: Date; end: Date } | null;
};

/** @param customers all customers of one billing account, as our database has them */
export function standingOf(
  customers: readonly (Customer & { subscriptions: Subscription[] })[],
): Standing {
  const present = new Map(customers.filter(isPresent).map((each) => [each.id, each]));
  const all = customers.flatMap(({ subscriptions }) => subscriptions);
  const subscription =
    mostImportant(all.filter(({ customerId }) => present.has(customerId))) ??
    mostImportant(all) ??
    null;
  const customer = (subscription && present.get(subscription.customerId)) ?? null;
  const state = findCircumstance(subscription, customer);
  const given =
    subscription && circumstances[state].access === 'plan'
      ? findPlan(subscription.plan)
      : undefined;
  return {
    plan: given ?? freePlan,
    state,
    subscription,
    customer,
    period:
      subscription && given
        ? { start: subscription.currentPeriodStart, end: subscription.currentPeriodEnd }
        : null,
  };
}

/** Test and live mode share nothing: a subscription of the other mode is worth nothing in this one. */
function isPresent({ deleted, livemode }: Customer): boolean {
  return !deleted && livemode === isLivemode();
}

function findCircumstance(
  subscription: Subscription | null,
  customer: Customer | null,
): CircumstanceName {
  if (!subscription) return 'never_subscribed';
  if (!customer) return 'customer_deleted';
  switch (subscription.status) {
    case 'canceled':
      if (whyUndone(subscription.cancelComment) === 'trial-used') return 'trial_refused';
      return endedWithTrial(subscription) ? 'trial_ended' : 'ended';
    case 'incomplete_expired':
      return 'never_started';
    case 'unpaid':
      return 'unpaid';
    case 'paused':
      return subscription.pauseReason === 'trial_end_without_payment_method'
        ? 'trial_paused'
        : 'paused';
    case 'active':
    case 'trialing':
    case 'past_due':
      return findPlan(subscription.plan)
        ? circumstanceOfLive(subscription, customer)
        : 'unknown_price';
    default:
      return 'incomplete';
  }
}

function circumstanceOfLive(subscription: Subscription, customer: Customer): CircumstanceName {
  if (subscription.status === 'past_due') return 'past_due';
  if (subscription.cancelAt) return 'canceling';
  if (subscription.pauseBehavior) return 'collection_paused';
  const due = nextPayment(subscription)?.at;
  const expiry = cardExpiry(customer);
  if (subscription.status === 'trialing') return expiry ? 'trialing' : 'trialing_without_card';
  if (due && expiry && expiry <= due) return 'card_expiring';
  return findPlan(subscription.plan)?.retired ? 'plan_retired' : 'active';
}

const MILLISECONDS_PER_HOUR = 3_600_000;

/** It was not canceled before, but at the trial's end: there was nothing to charge. */
function endedWithTrial({ trialEnd, canceledAt, endedAt }: Subscription): boolean {
  if (!trialEnd || !canceledAt || !endedAt || canceledAt < trialEnd) return false;
  return endedAt.getTime() < trialEnd.getTime() + MILLISECONDS_PER_HOUR;
}

/** A card is valid until the end of its month. */
function cardExpiry({ cardExpMonth, cardExpYear }: Customer): Date | null {
  return cardExpMonth && cardExpYear ? new Date(Date.UTC(cardExpYear, cardExpMonth)) : null;
}
