import type { SessionUser } from '../auth/session';
import { db } from '../db';
import type { Invoice, Subscription } from '../generated/prisma/client';
import { type DiscountView, discountsOf, type NextPayment, nextPayment } from './next-payment';
import { findPaidPlan, findPlan, freePlan, type PaidPlan, type Plan } from './plans';

/** What the pages show of a user's billing, from our own database. */
export type BillingOverview = {
  /** What the user has access to now. */
  plan: Plan;
  /** The subscription that matters most, or null for someone who never had one. */
  subscription: SubscriptionView | null;
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  /** Newest first. */
  invoices: InvoiceView[];
  /** False for someone who never subscribed: there is nothing to manage. */
  hasCustomer: boolean;
  /** Since when we know all this: when the read of Stripe behind it began. */
  syncedAt: Date | null;
};

export type SubscriptionView = {
  id: string;
  title: string;
  status: SubscriptionStatus;
  plan: PaidPlan | null;
  /** In the currency's smallest unit, each; null for prices without one amount. */
  unitAmount: number | null;
  currency: string;
  quantity: number;
  interval: string;
  intervalCount: number;
  /** On the whole of it; Stripe's order. */
  discounts: DiscountView[];
  /** Null when none is coming, as when it is ending, paused or over. */
  nextPayment: NextPayment | null;
  /** While its payments are paused, and it goes on: until when, or null if until further notice. */
  paymentsPaused: { until: Date | null } | null;
  /** Whether a schedule at Stripe is going to change it. */
  isScheduled: boolean;
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

/** Stripe's statuses of a subscription, the ones that matter most first. */
const statuses = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'canceled',
  'incomplete_expired',
] as const;

export type SubscriptionStatus = (typeof statuses)[number];

/** Whether a subscription with this status gives access: while a failed payment is retried, too. */
export function isLive(status: string): boolean {
  return status === 'active' || status === 'trialing' || status === 'past_due';
}

/** Whether a subscription with this status can still charge someone: then they need no second. */
export function isOngoing(status: string): boolean {
  return isLive(status) || status === 'unpaid' || status === 'paused';
}

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
  const subscription = mostImportant(found?.subscriptions ?? []);
  const { cardBrand, cardLast4, cardExpMonth, cardExpYear } = customer ?? {};
  return {
    plan: planOf(subscription),
    subscription: subscription ? view(subscription) : null,
    card:
      cardBrand && cardLast4 && cardExpMonth && cardExpYear
        ? { brand: cardBrand, last4: cardLast4, expMonth: cardExpMonth, expYear: cardExpYear }
        : null,
    invoices: (found?.invoices ?? []).map(invoiceView),
    hasCustomer: user.stripeCustomerId !== null,
    syncedAt: customer?.subscriptionsSyncedAt ?? null,
  };
}

/** The plan that a user has access to now: what the gates of the product ask. One SQL statement. */
export async function currentPlan(userId: string): Promise<Plan> {
  return planOf(mostImportant(await db().subscription.findMany({ where: { userId } })));
}

function planOf(subscription: Subscription | undefined): Plan {
  const plan =
    subscription && isLive(subscription.status) ? findPlan(subscription.plan) : undefined;
  return plan ?? freePlan;
}

/** By status, then the newest: the same answer every time, also for someone with several. */
export function mostImportant<Row extends Pick<Subscription, 'status' | 'createdAt'>>(
  subscriptions: Row[],
): Row | undefined {
  const order: readonly string[] = statuses;
  const rank = ({ status }: Row) => order.indexOf(status);
  return subscriptions.toSorted(
    (a, b) => rank(a) - rank(b) || b.createdAt.getTime() - a.createdAt.getTime(),
  )[0];
}

function invoiceView(invoice: Invoice): InvoiceView {
  const { id, number, status, total, amountPaid, currency, createdAt } = invoice;
  return {
    ...{ id, number, status, currency, createdAt },
    total: Number(total),
    amountPaid: Number(amountPaid),
    hostedUrl: invoice.hostedInvoiceUrl,
    pdfUrl: invoice.invoicePdf,
  };
}

function view(subscription: Subscription): SubscriptionView {
  const { id, currency, quantity, interval, intervalCount, cancelAt } = subscription;
  const unitAmount = subscription.unitAmount === null ? null : Number(subscription.unitAmount);
  const plan = findPaidPlan(subscription.plan) ?? null;
  const status = statuses.find((each) => each === subscription.status) ?? 'incomplete';
  const isOver = status === 'canceled' || status === 'incomplete_expired';
  return {
    ...{ id, status, plan, unitAmount, currency, quantity, interval, intervalCount },
    title: plan?.title ?? 'Custom plan',
    discounts: discountsOf(subscription),
    nextPayment: nextPayment(subscription),
    paymentsPaused: subscription.pauseBehavior ? { until: subscription.resumesAt } : null,
    isScheduled: subscription.scheduleId !== null,
    endsAt: isOver ? null : cancelAt,
    endedAt: subscription.endedAt,
    trialEndsAt: status === 'trialing' ? subscription.trialEnd : null,
  };
}
