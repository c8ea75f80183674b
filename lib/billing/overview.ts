import type { SessionUser } from '../auth/session';
import { db } from '../db';
import type { Invoice, Subscription } from '../generated/prisma/client';
import type { CircumstanceName } from './circumstances';
import { type NextChangeView, nextChangeOf } from './next-change';
import { type DiscountView, discountsOf, type NextPayment, nextPayment } from './next-payment';
import { type Owed, openOf, owedFor } from './owed';
import { failureOf, type PaymentFailure } from './payment-failure';
import { findPaidPlan, type PaidPlan, type Plan } from './plans';
import { standingOf } from './standing';
import { isOver, type SubscriptionStatus, subscriptionStatuses } from './subscription-status';

/** What the pages show of somebody's billing, from our own database. */
export type BillingOverview = {
  /** What the user has access to now. */
  plan: Plan;
  /** How they stand: a row of the table of circumstances. */
  state: CircumstanceName;
  /** The subscription that matters most, or null for someone who never had one. */
  subscription: SubscriptionView | null;
  /** What has to be paid for that subscription to go on, or to begin. */
  owed: OwedView | null;
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  /** False for someone who never subscribed: there is nothing to manage. */
  hasCustomer: boolean;
  /** How fresh all this is: when we began to read it from Stripe. */
  syncedAt: Date | null;
};

export type OwedView = Owed & {
  /** Why the newest attempt failed, as far as Stripe says. */
  failure: PaymentFailure | null;
  /** When Stripe tries again; null when it does not. */
  nextAttemptAt: Date | null;
};

export type SubscriptionView = {
  id: string;
  title: string;
  status: SubscriptionStatus;
  plan: PaidPlan | null;
  /** For each unit, in the currency's smallest unit; null for prices without one amount. */
  unitAmount: number | null;
  currency: string;
  quantity: number;
  interval: string;
  intervalCount: number;
  /** On the whole subscription, in Stripe's order. */
  discounts: DiscountView[];
  /** Null when none is due: the subscription is ending, paused or over. */
  nextPayment: NextPayment | null;
  /** Set while collection is paused: until when, or null for until further notice. */
  paymentsPaused: { until: Date | null } | null;
  /** The change of plan that is planned, or that waits for its payment, and where to complete that. */
  nextChange: (NextChangeView & { payUrl: string | null }) | null;
  /** While the whole subscription is paused: since when. */
  pausedAt: Date | null;
  /** Set once a cancellation is scheduled. */
  endsAt: Date | null;
  endedAt: Date | null;
  trialEndsAt: Date | null;
};

/** What the pages show but for the invoices, in one SQL statement and without asking Stripe. */
export async function billingOverview(
  user: Pick<SessionUser, 'id' | 'stripeCustomerId'>,
): Promise<BillingOverview> {
  const customers = await db().customer.findMany({
    where: { userId: user.id },
    relationLoadStrategy: 'join',
    include: { subscriptions: true, invoices: { where: { status: 'open' } } },
  });
  const customer = customers.find(({ id }) => id === user.stripeCustomerId);
  const { plan, state, subscription } = standingOf(customers);
  const { cardBrand, cardLast4, cardExpMonth, cardExpYear } = customer ?? {};
  const open = customers
    .flatMap(({ invoices }) => invoices)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return {
    plan,
    state,
    subscription: subscription ? subscriptionView(subscription, open) : null,
    owed: subscription && owedView(subscription, open),
    card:
      cardBrand && cardLast4 && cardExpMonth && cardExpYear
        ? { brand: cardBrand, last4: cardLast4, expMonth: cardExpMonth, expYear: cardExpYear }
        : null,
    hasCustomer: user.stripeCustomerId !== null,
    syncedAt: customer?.subscriptionsSyncedAt ?? null,
  };
}

/** @param invoices newest first */
function owedView(subscription: Subscription, invoices: readonly Invoice[]): OwedView | null {
  const owed = owedFor(subscription, invoices);
  if (!owed) return null;
  const open = openOf(subscription.id, invoices);
  const attempts = open.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []);
  return {
    ...owed,
    failure: open.map(failureOf).find((failure) => failure !== null) ?? null,
    nextAttemptAt: attempts.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
  };
}

function subscriptionView(subscription: Subscription, open: readonly Invoice[]): SubscriptionView {
  const plan = findPaidPlan(subscription.plan) ?? null;
  const status = subscriptionStatuses.find((each) => each === subscription.status) ?? 'incomplete';
  const change = isOver(status) ? null : nextChangeOf(subscription);
  const awaited = open.find(({ id }) => id === change?.invoiceId);
  return {
    id: subscription.id,
    title: plan?.title ?? 'Custom plan',
    status,
    plan,
    unitAmount: subscription.unitAmount === null ? null : Number(subscription.unitAmount),
    currency: subscription.currency,
    quantity: subscription.quantity,
    interval: subscription.interval,
    intervalCount: subscription.intervalCount,
    discounts: discountsOf(subscription),
    nextPayment: nextPayment(subscription),
    paymentsPaused: subscription.pauseBehavior ? { until: subscription.resumesAt } : null,
    nextChange: change && { ...change, payUrl: awaited?.hostedInvoiceUrl ?? null },
    pausedAt: status === 'paused' ? subscription.pausedAt : null,
    endsAt: isOver(status) ? null : subscription.cancelAt,
    endedAt: subscription.endedAt,
    trialEndsAt: status === 'trialing' ? subscription.trialEnd : null,
  };
}
