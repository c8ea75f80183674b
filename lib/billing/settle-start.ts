import { db } from '../db';
import { log } from '../log';
import { closeCheckoutPages } from './end-billing';
import { unlessDone } from './errors';
import type { Mirror } from './mirror/rows';
import { syncCustomer } from './mirror/sync';
import { stripe } from './stripe';
import { isOngoing } from './subscription-status';
import { claimTrial } from './trials';
import { type Undone, undoneComments } from './undone';
import { refundInvoice } from './webhook/refund-invoice';

/**
 * Makes sure that somebody whose plan has just begun has only one, and had no trial before. Checkout
 * checks both before it opens, but several pages can be open at once, and the card is known only
 * afterwards. Of several plans the oldest stays: the others are canceled, and what was paid for them is
 * refunded. A trial that is not the first is ended before anything is charged. Plans that were not
 * bought here are left alone. Safe at any time, any number of times, concurrently.
 *
 * @returns what Stripe says after that; null when nothing had to be undone
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: trying again continues
 */
export async function settleStart(customer: string): Promise<Mirror | null> {
  await closeCheckoutPages(customer);
  const undone = await checkTrial(customer);
  const canceled = [];
  for (const id of await laterPlans(customer))
    canceled.push(await undo(customer, id, 'second-plan'));
  return canceled.includes(true) ? syncCustomer(customer) : undone;
}

/**
 * Ends a trial of somebody who had one before, or whose card had: also a card that was added later.
 *
 * @returns as {@link settleStart}, which also says what it throws
 */
export async function checkTrial(customer: string): Promise<Mirror | null> {
  const trials = (await ongoingPlans(customer)).filter(({ status }) => status === 'trialing');
  if (trials.length === 0) return null;
  // Noted at once, so that it is there even if the account is deleted before Stripe answers.
  for (const { id, user } of trials) await claimTrial(id, user);
  const methods = stripe().customers.listPaymentMethods(customer, { limit: 100 });
  const cards = (await methods.autoPagingToArray(all)).flatMap(
    ({ card }) => card?.fingerprint ?? [],
  );
  const canceled = [];
  for (const { id, user } of trials) {
    if (await claimTrial(id, { ...user, cards })) continue;
    canceled.push(await undo(customer, id, 'trial-used'));
  }
  return canceled.includes(true) ? syncCustomer(customer) : null;
}

/** More than a customer can have at Stripe. */
const all = { limit: 1_000 };

/** All ongoing plans but the oldest. Stripe lists them in order, also those of the same second. */
async function laterPlans(customer: string): Promise<string[]> {
  const plans = await ongoingPlans(customer);
  if (plans.length < 2) return [];
  const listed = stripe().subscriptions.list({ customer, limit: 100 });
  const newestFirst = (await listed.autoPagingToArray(all)).filter(({ id }) =>
    plans.some((plan) => plan.id === id),
  );
  return newestFirst.slice(0, -1).map(({ id }) => id);
}

/** Subscriptions to plans of ours that have not ended. */
async function ongoingPlans(customerId: string) {
  const rows = await db().subscription.findMany({
    where: { customerId, plan: { not: null } },
    relationLoadStrategy: 'join',
    select: {
      id: true,
      status: true,
      customer: { select: { account: { select: { user: person, team: person } } } },
    },
  });
  return rows.flatMap(({ customer: { account }, ...row }) => {
    const user = account.user ?? account.team;
    return user && isOngoing(row.status) ? [{ ...row, user }] : [];
  });
}

const person = { select: { id: true, email: true } } as const;

/** @returns false for a subscription that was not bought here, which is left alone */
async function undo(customer: string, id: string, why: Undone): Promise<boolean> {
  const { metadata } = await stripe().subscriptions.retrieve(id);
  if (!metadata.userId) return false;
  const details = { cancellation_details: { comment: undoneComments[why] } };
  const isCanceled = await unlessDone(stripe().subscriptions.cancel(id, details));
  const facts = { customer, subscription: id };
  if (isCanceled) log.error(`plan canceled: ${why}`, null, facts);
  const invoices = stripe().invoices.list({ subscription: id, expand: ['data.payments'] });
  for await (const invoice of invoices) {
    if (!(await refundInvoice(invoice))) continue;
    log.error(`payment refunded: ${why}`, null, { ...facts, invoice: invoice.id });
  }
  return true;
}
