import type Stripe from 'stripe';
import type { BillingAccount, OwnSubscription } from './account';
import { catalogueId } from './catalogue-objects';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import type { PlanGoal, Timing } from './plan-change';
import { lookupKey, planChangeProration } from './plans';
import { stripe } from './stripe';

/** What a change of plan will cost. Amounts are in the currency's smallest unit. */
export type ChangePreview = Due & {
  /** The next payment after this, less the credit that is left. */
  next: { at: Date; amount: number };
};

/** What a change of plan costs at the moment at which it is made. */
export type Due = {
  /** Unix seconds, by Stripe's clock: the moment for which it was computed. */
  at: number;
  currency: string;
  /** To be paid now. */
  dueNow: number;
  /** What of the price already paid is given back. */
  credited: number;
  /** What of that is left after today, and used by the next payments. */
  creditLeft: number;
};

/** Milliseconds. The page waits for this, and says so when it gets no answer. */
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
  timing: Timing,
): Promise<ChangePreview | null> {
  try {
    await limitClicks(account.person?.id ?? account.id);
    return await previewChange(account, goal, timing);
  } catch (error) {
    logBillingError(error);
    return null;
  }
}

/**
 * Asks Stripe what a change would cost, which only Stripe can compute. Changes nothing. Made for the
 * moment `at`, the change is billed to the cent as this says.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function previewChange(
  account: BillingAccount,
  goal: PlanGoal,
  timing: Timing,
): Promise<ChangePreview> {
  const [due, later] = await Promise.all([
    previewDue(account, goal, timing),
    ask(account, goal, 'recurring', {
      proration_behavior: chargesNow(account, timing) ? planChangeProration : 'none',
      ...(beginsAnew(account, goal, timing) && { billing_cycle_anchor: { type: 'now' } }),
    }),
  ]);
  const { starting_balance: balance, total, currency } = later;
  const creditLeft = due?.creditLeft ?? Math.max(-balance, 0);
  const at = account.subscription?.currentPeriodEnd ?? new Date();
  return {
    ...(due ?? { at: later.created, currency, dueNow: 0, credited: 0, creditLeft }),
    next: { at: due ? startOf(later) : at, amount: Math.max(total - creditLeft, 0) },
  };
}

/**
 * What of {@link previewChange} is billed at once.
 *
 * @param at Unix seconds, within the current period; now by Stripe's clock when left out
 * @returns null when the change bills nothing by itself: later, or in a trial
 */
export async function previewDue(
  account: BillingAccount,
  goal: PlanGoal,
  timing: Timing,
  at?: number,
): Promise<Due | null> {
  if (!chargesNow(account, timing)) return null;
  const now = await ask(account, goal, 'next', {
    proration_behavior: planChangeProration,
    proration_date: at,
  });
  const { subscription_proration_date: date = now.created } =
    now.parent?.subscription_details ?? {};
  return {
    at: at ?? date,
    currency: now.currency,
    dueNow: now.amount_due,
    credited: -now.lines.data.reduce((sum, { amount }) => sum + Math.min(amount, 0), 0),
    creditLeft: Math.max(-(now.starting_balance + now.total), 0),
  };
}

/** The subscription's item as it is to be, as Stripe takes it in a preview and in a change. */
export async function changedItem({ itemId }: OwnSubscription, goal: PlanGoal) {
  const price = await catalogueId(lookupKey(goal.plan, goal.interval));
  return { id: itemId, price, quantity: goal.quantity };
}

function chargesNow({ subscription }: BillingAccount, timing: Timing): boolean {
  return timing === 'now' && subscription?.status !== 'trialing';
}

/** What is planned with another interval begins with a whole period of it. */
function beginsAnew({ subscription }: BillingAccount, { interval }: PlanGoal, timing: Timing) {
  return timing === 'period-end' && subscription?.interval !== interval;
}

async function ask(
  account: BillingAccount,
  goal: PlanGoal,
  mode: 'next' | 'recurring',
  details: Details,
): Promise<Stripe.Invoice> {
  if (!account.subscription) throw new Error('There is no subscription to change.');
  const items = [await changedItem(account.subscription, goal)];
  return askForInvoice(account, mode, { items, ...details }, goal.code?.discounts);
}

type Details = Stripe.InvoiceCreatePreviewParams.SubscriptionDetails;

/** What Stripe would bill if an account's subscription were changed so. */
export async function askForInvoice(
  { customer, subscription }: BillingAccount,
  preview_mode: 'next' | 'recurring',
  subscription_details: Details,
  discounts?: Stripe.InvoiceCreatePreviewParams.Discount[],
): Promise<Stripe.Invoice> {
  if (!customer || !subscription) throw new Error('There is no subscription to change.');
  return stripe().invoices.createPreview(
    { customer, subscription: subscription.id, discounts, preview_mode, subscription_details },
    { timeout: PREVIEW_TIMEOUT, maxNetworkRetries: 0 },
  );
}

function startOf({ lines, created }: Stripe.Invoice): Date {
  const starts = lines.data.map(({ period }) => period.start);
  return new Date(1000 * (starts.length > 0 ? Math.min(...starts) : created));
}
