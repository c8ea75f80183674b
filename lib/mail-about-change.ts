import type { InvoiceFacts, SubscriptionFacts } from './billing/change-facts';
import type { BillingChange } from './billing/changes';
import { ranOut, refundedSince } from './billing/derive-changes';
import { nextPayment } from './billing/next-payment';
import { findPlan } from './billing/plans';
import { whyUndone } from './billing/undone';
import { db } from './db';
import { env } from './env';
import type { Price } from './mail/mail-kinds';
import { type QueuedMail, queueMail } from './mail/outbox';

/** In milliseconds: somebody who pays yearly need not hear of their card a year before. */
const CARD_NOTICE = 35 * 24 * 60 * 60 * 1000;

/**
 * Queues the e-mails about a change in somebody's billing. The same change leads to the same causes, so
 * that nothing is sent twice.
 */
export async function mailAboutChange(change: BillingChange): Promise<void> {
  const { userId } = change;
  for (const mail of await mailsFor(change)) await queueMail({ ...mail, userId });
}

type Unaddressed<Mail> = Mail extends unknown ? Omit<Mail, 'userId'> : never;

async function mailsFor(change: BillingChange): Promise<Unaddressed<QueuedMail>[]> {
  switch (change.kind) {
    case 'subscribed':
    case 'trial_started': {
      const { id, trialEnd } = change.after;
      if (await wasUndone(id)) return [];
      const trialEndsAt = change.kind === 'trial_started' ? trialEnd : null;
      const facts = { ...(await offer(change.after)), trialEndsAt };
      return [{ kind: 'welcome', cause: id, facts }, ...(await cardNotice(change.after))];
    }
    case 'trial_ending': {
      const { id, trialEnd: trialEndsAt } = change.after;
      if (!trialEndsAt) return [];
      const hasCard = (await cardOf(change.customerId)) !== null;
      const facts = { ...(await offer(change.after)), trialEndsAt, hasCard };
      return [{ kind: 'trial_ending', cause: `${id}:${dayOf(trialEndsAt)}`, facts }];
    }
    case 'trial_ended': {
      const { id, status } = change.after;
      const goesOn = status === 'active' || status === 'past_due';
      const why = status === 'paused' ? ('paused' as const) : undefined;
      const facts = { ...(await offer(change.after)), goesOn, why };
      return [{ kind: 'trial_ended', cause: id, facts }];
    }
    case 'upgraded':
    case 'downgraded': {
      const facts = { ...(await offer(change.after)), quantity: change.after.quantity };
      return [{ kind: 'plan_changed', cause: change.id, facts }];
    }
    case 'downgrade_planned': {
      const { nextChange } = change.after;
      if (!nextChange) return [];
      const { at, unitAmount, quantity } = nextChange;
      const plan = findPlan(nextChange.plan)?.title ?? null;
      const amount = unitAmount === null ? null : unitAmount * quantity;
      const price = priceOf(amount, { ...nextChange, currency: change.after.currency });
      const facts = { plan, at, quantity, price };
      return [{ kind: 'plan_planned', cause: change.id, facts }];
    }
    case 'renewed':
    case 'payment_upcoming':
      return cardNotice(change.after);
    case 'canceling': {
      const { cancelAt: endsAt, plan } = change.after;
      if (!endsAt) return [];
      return [{ kind: 'canceled', cause: change.id, facts: { plan: titleOf(plan), endsAt } }];
    }
    case 'ended':
      return ended(change.before, change.after);
    case 'paid':
      return receipt(change.after);
    case 'payment_failed': {
      const { nextAttemptAt } = change.after;
      if (!nextAttemptAt) return [];
      const facts = { ...(await debt(change.after)), nextAttemptAt };
      return [{ kind: 'payment_failed', cause: change.after.id, facts }];
    }
    case 'action_required': {
      const facts = { ...(await debt(change.after)), invoice: change.after.hostedInvoiceUrl };
      return [{ kind: 'action_required', cause: change.after.id, facts }];
    }
    case 'payment_failed_finally':
      return [{ kind: change.kind, cause: change.after.id, facts: await debt(change.after) }];
    case 'refunded': {
      const { currency, hostedInvoiceUrl: invoice } = change.after;
      const amount = refundedSince(change.before, change.after);
      return [{ kind: 'refunded', cause: change.id, facts: { amount, currency, invoice } }];
    }
    case 'refund_failed':
    case 'disputed':
    case 'dispute_closed':
    case 'trial_card_added':
    case 'unpaid':
    case 'recovered':
    case 'kept':
    case 'paused':
    case 'resumed':
      return [];
  }
}

/** A trial that ran out, and a payment that failed for good, have e-mails of their own. */
async function ended(
  before: SubscriptionFacts | null,
  after: SubscriptionFacts,
): Promise<Unaddressed<QueuedMail>[]> {
  const { id, plan, endedAt, cancelReason, cancelComment } = after;
  if (!before || !endedAt || ranOut(before, after)) return [];
  if (cancelReason === 'payment_failed') return [];
  const undone = whyUndone(cancelComment);
  if (undone === 'trial-used') {
    const facts = { ...(await offer(after)), goesOn: false, why: 'used' as const };
    return [{ kind: 'trial_ended', cause: id, facts }];
  }
  const facts = { plan: titleOf(plan), endedAt, isSecond: undone === 'second-plan' };
  return [{ kind: 'ended', cause: id, facts }];
}

/** For a plan that the app itself ended at its start, only the e-mail about its end is sent. */
async function wasUndone(id: string): Promise<boolean> {
  const row = await db().subscription.findUnique({ where: { id } });
  return whyUndone(row?.cancelComment) !== null;
}

async function receipt(invoice: InvoiceFacts): Promise<Unaddressed<QueuedMail>[]> {
  if (env().STRIPE_SENDS_RECEIPTS === 'yes') return [];
  const paid = await db().invoice.findUnique({ where: { id: invoice.id } });
  const facts = {
    amount: invoice.amountPaid,
    currency: invoice.currency,
    plan: invoice.subscriptionId ? await planOf(invoice) : null,
    paidAt: paid?.paidAt ?? paid?.createdAt ?? new Date(),
    invoice: invoice.hostedInvoiceUrl,
  };
  return [{ kind: 'receipt', cause: invoice.id, facts }];
}

/** Sent once for each card, before the payment that would fail. */
async function cardNotice(subscription: SubscriptionFacts): Promise<Unaddressed<QueuedMail>[]> {
  const row = await db().subscription.findUnique({ where: { id: subscription.id } });
  const next = row && nextPayment(row);
  const card = row && (await cardOf(row.customerId));
  if (!next || !card) return [];
  const firstInvalidDay = Date.UTC(card.expYear, card.expMonth, 1);
  const isSoon = next.at.getTime() - row.currentPeriodStart.getTime() <= CARD_NOTICE;
  if (next.at.getTime() < firstInvalidDay || !isSoon) return [];
  const { brand, last4, expYear, expMonth } = card;
  const expiresAt = new Date(Date.UTC(card.expYear, card.expMonth - 1, 15));
  const facts = { brand, last4, expiresAt, nextPaymentAt: next.at };
  const cause = `${row.customerId}:${last4}:${expYear}-${expMonth}`;
  return [{ kind: 'card_expiring', cause, facts }];
}

async function cardOf(customerId: string) {
  const customer = await db().customer.findUnique({ where: { id: customerId } });
  const { cardBrand: brand, cardLast4: last4 } = customer ?? {};
  const { cardExpYear: expYear, cardExpMonth: expMonth } = customer ?? {};
  return brand && last4 && expYear && expMonth ? { brand, last4, expYear, expMonth } : null;
}

/** What a subscription is called and costs from its next payment on. */
async function offer(facts: SubscriptionFacts): Promise<{ plan: string; price: Price | null }> {
  const row = await db().subscription.findUnique({ where: { id: facts.id } });
  const { unitAmount, quantity } = facts;
  const listed = unitAmount === null ? null : unitAmount * quantity;
  const amount = (row && nextPayment(row)?.amount) ?? listed;
  return { plan: titleOf(facts.plan), price: priceOf(amount, facts) };
}

function priceOf(amount: number | null, terms: Omit<Price, 'amount'>): Price | null {
  const { currency, interval, intervalCount } = terms;
  return amount === null ? null : { amount, currency, interval, intervalCount };
}

async function debt(invoice: InvoiceFacts) {
  const { amountDue, amountPaid, currency } = invoice;
  return { amount: amountDue - amountPaid, currency, plan: await planOf(invoice) };
}

async function planOf({ subscriptionId }: InvoiceFacts): Promise<string> {
  if (!subscriptionId) return titleOf(null);
  const row = await db().subscription.findUnique({ where: { id: subscriptionId } });
  return titleOf(row?.plan ?? null);
}

function titleOf(plan: string | null): string {
  return findPlan(plan)?.title ?? 'your plan';
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
