import type Stripe from 'stripe';
import type { BillingAccount, OwnSubscription } from './account';
import { catalogueId } from './catalogue-objects';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import type { PlanGoal } from './plan-change';
import { lookupKey, planChangeProration } from './plans';
import { stripe } from './stripe';

/** What a change of plan will cost. Amounts are in the currency's smallest unit. */
export type ChangePreview = {
  /** Unix seconds: the moment for which it was computed. The change has to be made for the same one. */
  at: number;
  currency: string;
  /** To be paid now. */
  dueNow: number;
  /** What of the price already paid is given back. */
  credited: number;
  /** What of that is left after today, and used by the next payments. */
  creditLeft: number;
  /** The next payment after this, less the credit that is left. */
  next: { at: Date; amount: number };
};

/** Milliseconds. The page waits for this, and is useful without it. */
const PREVIEW_TIMEOUT = 5_000;

/**
 * {@link previewChange} for the page that shows it, which can be loaded without a click and so counts
 * as one.
 *
 * @returns null when they ask too often, and when Stripe refuses, fails or is slow, which is logged
 */
export async function previewForPage(
  account: BillingAccount,
  goal: PlanGoal,
  timing: 'now' | 'period-end',
): Promise<ChangePreview | null> {
  try {
    await limitClicks(account.id);
    return await previewChange(account, goal, timing, Math.floor(Date.now() / 1000));
  } catch (error) {
    logBillingError(error);
    return null;
  }
}

/**
 * Asks Stripe what a change would cost, which only Stripe can compute. Changes nothing. Made at `at`,
 * the change is billed to the cent as this says.
 *
 * @param at Unix seconds, within the current period
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function previewChange(
  { customer, subscription }: BillingAccount,
  goal: PlanGoal,
  timing: 'now' | 'period-end',
  at: number,
): Promise<ChangePreview> {
  if (!customer || !subscription) throw new Error('There is no subscription to change.');
  const items = [await changedItem(subscription, goal)];
  const ask = (
    mode: 'next' | 'recurring',
    details: Stripe.InvoiceCreatePreviewParams.SubscriptionDetails,
  ) =>
    stripe().invoices.createPreview(
      {
        customer,
        subscription: subscription.id,
        preview_mode: mode,
        subscription_details: { items, ...details },
      },
      { timeout: PREVIEW_TIMEOUT, maxNetworkRetries: 0 },
    );

  if (timing === 'period-end') {
    const later = await ask('recurring', { proration_behavior: 'none' });
    return withoutChargeNow(at, later, subscription.currentPeriodEnd);
  }
  if (subscription.status === 'trialing') {
    const later = await ask('next', { proration_behavior: 'none' });
    return withoutChargeNow(at, later, subscription.currentPeriodEnd);
  }
  const prorated = { proration_behavior: planChangeProration, proration_date: at } as const;
  const [now, later] = await Promise.all([ask('next', prorated), ask('recurring', prorated)]);
  const balance = Math.min(now.starting_balance + now.total, 0);
  return {
    at,
    currency: now.currency,
    dueNow: now.amount_due,
    credited: -sum(now.lines.data.map(({ amount }) => Math.min(amount, 0))),
    creditLeft: -balance,
    next: { at: startOf(later), amount: Math.max(later.total + balance, 0) },
  };
}

/** The subscription's item as it is to be, as Stripe takes it in a preview and in a change. */
export async function changedItem({ itemId }: OwnSubscription, goal: PlanGoal) {
  const price = await catalogueId(lookupKey(goal.plan, goal.interval));
  return { id: itemId, price, quantity: goal.quantity };
}

function withoutChargeNow(at: number, later: Stripe.Invoice, date: Date): ChangePreview {
  const { currency, starting_balance: balance, total } = later;
  return {
    at,
    currency,
    dueNow: 0,
    credited: 0,
    creditLeft: Math.max(-balance, 0),
    next: { at: date, amount: Math.max(total + balance, 0) },
  };
}

function startOf({ lines, created }: Stripe.Invoice): Date {
  const starts = lines.data.map(({ period }) => period.start);
  return new Date(1000 * (starts.length > 0 ? Math.min(...starts) : created));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
