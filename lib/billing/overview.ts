import type { SessionUser } from '../auth/session';
import { db } from '../db';
import type { Invoice, Subscription } from '../generated/prisma/client';
import type { CircumstanceName } from './circumstances';
import { type NextChangeView, nextChangeOf } from './next-change';
import { type DiscountView, discountsOf, type NextPayment, nextPayment } from './next-payment';
import { findPaidPlan, type PaidPlan, type Plan } from './plans';
import { standingOf } from './standing';
import { isOver, type SubscriptionStatus, subscriptionStatuses } from './subscription-status';

/** What the pages show of a user's billing, from our own database. */
export type BillingOverview = {
  /** What the user has access to now. */
  plan: Plan;
  /** How they stand: a row of the table of circumstances. */
  state: CircumstanceName;
  /** The subscription that matters most, or null for someone who never had one. */
  subscription: SubscriptionView | null;
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  /** Newest first. */
  invoices: InvoiceView[];
  /** False for someone who never subscribed: there is nothing to manage. */
  hasCustomer: boolean;
  /** How fresh all this is: when we began to read it from Stripe. */
  syncedAt: Date | null;
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
  /** The change of plan that is planned, or that waits for its payment. */
  nextChange: NextChangeView | null;
  /** While the whole subscription is paused: since when. */
  pausedAt: Date | null;
  /** Set once a cancellation is scheduled. */
  endsAt: Date | null;
  endedAt: Date | null;
  trialEndsAt: Date | null;
};

export type InvoiceView = {
  id: string;
  number: string | null;
  status: string;
  /** In the currency's smallest unit, like amountPaid. */
  total: number;
  amountPaid: number;
  currency: string;
  createdAt: Date;
  hostedUrl: string | null;
  pdfUrl: string | null;
};

/** Everything the billing page shows, in one SQL statement and without asking Stripe. */
export async function billingOverview(user: SessionUser): Promise<BillingOverview> {
  const found = await db().user.findUnique({
    where: { id: user.id },
    relationLoadStrategy: 'join',
    select: {
      customers: true,
      subscriptions: true,
      invoices: { where: { status: { not: 'draft' } }, orderBy: { createdAt: 'desc' } },
    },
  });
  const customer = found?.customers.find(({ id }) => id === user.stripeCustomerId);
  const { plan, state, subscription } = standingOf(found ?? { customers: [], subscriptions: [] });
  const { cardBrand, cardLast4, cardExpMonth, cardExpYear } = customer ?? {};
  return {
    plan,
    state,
    subscription: subscription ? subscriptionView(subscription) : null,
    card:
      cardBrand && cardLast4 && cardExpMonth && cardExpYear
        ? { brand: cardBrand, last4: cardLast4, expMonth: cardExpMonth, expYear: cardExpYear }
        : null,
    invoices: (found?.invoices ?? []).map(invoiceView),
    hasCustomer: user.stripeCustomerId !== null,
    syncedAt: customer?.subscriptionsSyncedAt ?? null,
  };
}

function invoiceView(invoice: Invoice): InvoiceView {
  return {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    total: Number(invoice.total),
    amountPaid: Number(invoice.amountPaid),
    currency: invoice.currency,
    createdAt: invoice.createdAt,
    hostedUrl: invoice.hostedInvoiceUrl,
    pdfUrl: invoice.invoicePdf,
  };
}

function subscriptionView(subscription: Subscription): SubscriptionView {
  const plan = findPaidPlan(subscription.plan) ?? null;
  const status = subscriptionStatuses.find((each) => each === subscription.status) ?? 'incomplete';
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
    nextChange: isOver(status) ? null : nextChangeOf(subscription),
    pausedAt: status === 'paused' ? subscription.pausedAt : null,
    endsAt: isOver(status) ? null : subscription.cancelAt,
    endedAt: subscription.endedAt,
    trialEndsAt: status === 'trialing' ? subscription.trialEnd : null,
  };
}
