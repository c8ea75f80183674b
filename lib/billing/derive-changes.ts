import type { EventFacts, InvoiceFacts, SubscriptionFacts } from './change-facts';
import { isOngoing, isOver } from './subscription-status';

/** What can happen to a subscription, in the product's terms. */
export type SubscriptionChangeKind =
  /** A paid plan begins, or what was a trial is paid for from now on. */
  | 'subscribed'
  | 'trial_started'
  /** The trial ends within three days. */
  | 'trial_ending'
  | 'trial_ended'
  | 'upgraded'
  /** A change at the end of the period is planned. */
  | 'downgrade_planned'
  | 'downgraded'
  /** A new period began. */
  | 'renewed'
  /** Stripe announces the next payment, some days before. */
  | 'payment_upcoming'
  /** Paid again after a failed payment. */
  | 'recovered'
  /** Every attempt to collect failed, and the subscription stays unpaid. */
  | 'unpaid'
  /** It will end on a day that is known. */
  | 'canceling'
  /** What was to end or to change goes on as it is. */
  | 'kept'
  | 'paused'
  | 'resumed'
  | 'ended';

/** What can happen to an invoice. */
export type InvoiceChangeKind =
  | 'paid'
  /** The first attempt to collect it failed, and there will be others. */
  | 'payment_failed'
  /** The bank wants the payment confirmed. */
  | 'action_required'
  /** The last attempt failed. */
  | 'payment_failed_finally';

/** The longest time before the end at which a trial is said to be ending, in milliseconds. */
const TRIAL_NOTICE = 3 * 24 * 60 * 60 * 1000 + 60 * 60 * 1000;

/**
 * What happened to a subscription between two states of it, the most important first.
 *
 * @param before null when we did not know it yet
 * @param after null when Stripe no longer has it
 */
export function subscriptionChanges(
  before: SubscriptionFacts | null,
  after: SubscriptionFacts | null,
): SubscriptionChangeKind[] {
  if (!after) return [];
  const hadBegun = before !== null && isOngoing(before.status);
  if (isOver(after.status)) {
    if (!hadBegun) return [];
    return ranOut(before, after) ? ['trial_ended', 'ended'] : ['ended'];
  }
  if (!isOngoing(after.status)) return [];
  if (!hadBegun) {
    const began = after.status === 'trialing' ? 'trial_started' : 'subscribed';
    return after.cancelAt ? [began, 'canceling'] : [began];
  }
  return [
    ...statusChanges(before.status, after.status),
    ...planChange(before, after),
    ...intentChanges(before, after),
    ...pauseChange(before, after),
    ...(isRenewal(before, after) ? (['renewed'] as const) : []),
  ];
}

/** Whether a trial reached its end and nothing followed, as it does without a card. */
export function ranOut(before: SubscriptionFacts, after: SubscriptionFacts): boolean {
  const { trialEnd, endedAt } = after;
  const isAtEnd = trialEnd !== null && endedAt !== null && endedAt >= trialEnd;
  return before.status === 'trialing' && before.cancelAt === null && isAtEnd;
}

/** What happened to an invoice between two states of it. */
export function invoiceChanges(
  before: InvoiceFacts | null,
  after: InvoiceFacts | null,
): InvoiceChangeKind[] {
  if (!after) return [];
  if (after.status === 'paid') {
    return before?.status !== 'paid' && after.amountPaid > 0 ? ['paid'] : [];
  }
  // The first payment of all is made, or not, under the person's eyes.
  if (after.billingReason === 'subscription_create') return [];
  const isOwed = after.status === 'open' || after.status === 'uncollectible';
  if (!isOwed || after.attemptCount <= (before?.attemptCount ?? 0)) return [];
  if (after.nextAttemptAt === null) return ['payment_failed_finally'];
  return (before?.attemptCount ?? 0) === 0 ? ['payment_failed'] : [];
}

/**
 * What an event of Stripe says about a subscription as it is now. Stripe sends `trial_will_end` also
 * when a trial is cut short or ended: then there may be nothing left to say.
 */
export function eventChanges(
  { type, createdAt }: EventFacts,
  now: SubscriptionFacts,
): SubscriptionChangeKind[] {
  if (type === 'customer.subscription.trial_will_end') {
    const left = (now.trialEnd?.getTime() ?? 0) - createdAt.getTime();
    return now.status === 'trialing' && left > 0 && left <= TRIAL_NOTICE ? ['trial_ending'] : [];
  }
  return type === 'invoice.upcoming' && now.status === 'active' ? ['payment_upcoming'] : [];
}

/** What an event of Stripe says about an open invoice as it is now. */
export function eventOnInvoice({ type }: EventFacts, now: InvoiceFacts): InvoiceChangeKind[] {
  const isWaiting = now.status === 'open' && now.attemptCount > 0;
  const isFirst = now.billingReason === 'subscription_create';
  const isAsked = type === 'invoice.payment_action_required' && isWaiting && !isFirst;
  return isAsked ? ['action_required'] : [];
}

function statusChanges(before: string, after: string): SubscriptionChangeKind[] {
  if (before === after) return [];
  if (before === 'trialing') {
    return after === 'active' || after === 'past_due'
      ? ['trial_ended', 'subscribed']
      : ['trial_ended'];
  }
  if (after === 'unpaid') return ['unpaid'];
  return after === 'active' && (before === 'past_due' || before === 'unpaid') ? ['recovered'] : [];
}

/** A longer interval is an upgrade, whatever a month of it costs: it is paid in advance. */
function planChange(
  before: SubscriptionFacts,
  after: SubscriptionFacts,
): ('upgraded' | 'downgraded')[] {
  const isSame =
    before.priceId === after.priceId &&
    before.quantity === after.quantity &&
    before.unitAmount === after.unitAmount;
  if (isSame) return [];
  const months = monthsOf(after) - monthsOf(before);
  const difference =
    before.plan === after.plan && months !== 0 ? months : perMonth(after) - perMonth(before);
  return [difference < 0 ? 'downgraded' : 'upgraded'];
}

function perMonth(facts: SubscriptionFacts): number {
  return ((facts.unitAmount ?? 0) * facts.quantity) / monthsOf(facts);
}

function monthsOf({ interval, intervalCount }: SubscriptionFacts): number {
  return (MONTHS[interval] ?? 1) * intervalCount;
}

const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
};

function intentChanges(
  before: SubscriptionFacts,
  after: SubscriptionFacts,
): SubscriptionChangeKind[] {
  if (!before.cancelAt && after.cancelAt) return ['canceling'];
  if (before.cancelAt && !after.cancelAt) return ['kept'];
  if (!isPlanned(before) && isPlanned(after)) return ['downgrade_planned'];
  const hasChanged = before.priceId !== after.priceId || before.quantity !== after.quantity;
  return isPlanned(before) && !isPlanned(after) && !hasChanged ? ['kept'] : [];
}

function isPlanned({ nextChange }: SubscriptionFacts): boolean {
  return nextChange?.kind === 'scheduled';
}

function pauseChange(
  before: SubscriptionFacts,
  after: SubscriptionFacts,
): ('paused' | 'resumed')[] {
  const [was, is] = [isPaused(before), isPaused(after)];
  if (was === is) return [];
  return [is ? 'paused' : 'resumed'];
}

/** Either the whole subscription, or only the collection of its payments. */
function isPaused({ status, pauseBehavior }: SubscriptionFacts): boolean {
  return status === 'paused' || pauseBehavior !== null;
}

function isRenewal(before: SubscriptionFacts, after: SubscriptionFacts): boolean {
  return (
    before.status !== 'trialing' &&
    after.currentPeriodStart.getTime() >= before.currentPeriodEnd.getTime()
  );
}
