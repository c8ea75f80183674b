import { directionOf } from './change-direction';
import type { EventFacts, InvoiceFacts, SubscriptionFacts } from './change-facts';
import { awaitsApproval, isDecided } from './payment-failure';
import { isOngoing, isOver } from './subscription-status';

/** What can happen to a subscription, in the product's terms. */
export type SubscriptionChangeKind =
  /** A paid plan begins, or what was a trial is paid for from now on. */
  | 'subscribed'
  | 'trial_started'
  /** The trial ends within three days. */
  | 'trial_ending'
  /** Somebody on trial has given a card. */
  | 'trial_card_added'
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
  | 'payment_failed_finally'
  /** All of it or a part was paid back. */
  | 'refunded'
  /** What was to be paid back did not arrive, and is ours again. */
  | 'refund_failed'
  /** The card's holder has told the bank that the payment was not right. */
  | 'disputed'
  /** The bank has decided: `disputeStatus` says for whom. */
  | 'dispute_closed';

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
  return [...paymentChanges(before, after), ...reversals(before, after)];
}

function paymentChanges(before: InvoiceFacts | null, after: InvoiceFacts): InvoiceChangeKind[] {
  if (after.status === 'paid') {
    return before?.status !== 'paid' && after.amountPaid > 0 ? ['paid'] : [];
  }
  // The first payment of all is made, or not, under the person's eyes.
  if (after.billingReason === 'subscription_create') return [];
  const isOwed = after.status === 'open' || after.status === 'uncollectible';
  const attempts = before?.attemptCount ?? 0;
  if (!isOwed || after.attemptCount <= attempts) return [];
  // Stripe reports such a payment as failed, too: only one of the two is said.
  if (isWaiting(after)) return before && isWaiting(before) ? [] : ['action_required'];
  if (after.nextAttemptAt !== null) return attempts === 0 ? ['payment_failed'] : [];
  // A change of plan that is made once it is paid is tried once, under the person's eyes.
  const isChange = after.billingReason === 'subscription_update' && attempts === 0;
  return isChange ? [] : ['payment_failed_finally'];
}

function isWaiting({ failure }: InvoiceFacts): boolean {
  return Boolean(failure && awaitsApproval(failure));
}

/** What was paid back or disputed since. Nothing is known of it in what was written before we asked. */
function reversals(before: InvoiceFacts | null, after: InvoiceFacts): InvoiceChangeKind[] {
  if (before && before.amountRefunded == null) return [];
  const [was, is] = [before?.disputeStatus, after.disputeStatus];
  const isSettled = is && isDecided(is) && !(was && isDecided(was));
  const refunded = refundedSince(before, after);
  return [
    ...(refunded > 0 ? (['refunded'] as const) : []),
    ...(refunded < 0 ? (['refund_failed'] as const) : []),
    ...(is && !was ? (['disputed'] as const) : []),
    ...(isSettled ? (['dispute_closed'] as const) : []),
  ];
}

/** How much more was paid back, in the currency's smallest unit; below zero when a refund failed. */
export function refundedSince(before: InvoiceFacts | null, after: InvoiceFacts): number {
  return (after.amountRefunded ?? 0) - (before?.amountRefunded ?? 0);
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
  if (type === 'payment_method.attached') {
    return now.status === 'trialing' ? ['trial_card_added'] : [];
  }
  return type === 'invoice.upcoming' && now.status === 'active' ? ['payment_upcoming'] : [];
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

function planChange(
  before: SubscriptionFacts,
  after: SubscriptionFacts,
): ('upgraded' | 'downgraded')[] {
  const direction = directionOf(before, after);
  if (direction === 'none') return [];
  return [direction === 'upgrade' ? 'upgraded' : 'downgraded'];
}

function intentChanges(
  before: SubscriptionFacts,
  after: SubscriptionFacts,
): SubscriptionChangeKind[] {
  if (!before.cancelAt && after.cancelAt) return ['canceling'];
  if (before.cancelAt && !after.cancelAt) return ['kept'];
  const [was, is] = [planOf(before), planOf(after)];
  if (is) return is === was ? [] : ['downgrade_planned'];
  const hasChanged = before.priceId !== after.priceId || before.quantity !== after.quantity;
  return was && !hasChanged ? ['kept'] : [];
}

/** What is planned for the end of the period, in a form to compare; null when nothing is. */
function planOf({ nextChange }: SubscriptionFacts): string | null {
  if (nextChange?.kind !== 'scheduled') return null;
  const { at, plan, priceId, quantity } = nextChange;
  return JSON.stringify([at, plan, priceId, quantity]);
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
