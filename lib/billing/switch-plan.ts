import type { BillingAccount, OwnSubscription } from './account';
import { catalogueId } from './catalogue-objects';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import { lookupKey, type PlanChoice, planChangeProration } from './plans';
import { stripe } from './stripe';

/** What a switch to another plan would cost today. Amounts are in the currency's smallest unit. */
export type SwitchPreview = {
  /** To be paid now. */
  dueNow: number;
  /** The sum behind it: below zero when more is credited than charged. */
  total: number;
  currency: string;
};

/** Milliseconds. The page waits for this, and is useful without it. */
const PREVIEW_TIMEOUT = 5_000;

/**
 * Asks Stripe what a switch would cost, which only Stripe can compute. Changes nothing. It counts as a
 * click, because the page that shows it can be loaded without one.
 *
 * @returns null when the person has nothing to switch, when they ask too often, and when Stripe
 *   refuses, fails or is slow. The last three are logged: the portal shows the amount again before
 *   anything is charged
 */
export async function previewSwitch(
  { id, customer, subscription }: BillingAccount,
  { plan, interval }: PlanChoice,
): Promise<SwitchPreview | null> {
  if (!customer || !subscription) return null;
  try {
    await limitClicks(id);
    const price = await catalogueId(lookupKey(plan, interval));
    const invoice = await stripe().invoices.createPreview(
      {
        customer,
        subscription: subscription.id,
        subscription_details: {
          items: [switchedItem(subscription, price)],
          proration_behavior: planChangeProration,
        },
      },
      { timeout: PREVIEW_TIMEOUT, maxNetworkRetries: 0 },
    );
    return { dueNow: invoice.amount_due, total: invoice.total, currency: invoice.currency };
  } catch (error) {
    logBillingError(error);
    return null;
  }
}

/** The subscription's item with another price, as Stripe takes it in a preview and in the portal. */
export function switchedItem({ itemId, quantity }: OwnSubscription, price: string) {
  return { id: itemId, price, quantity };
}
