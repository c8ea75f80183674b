import type { BillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { logBillingError } from './errors';
import { findPaidPlan, type Interval, isInterval, lookupKey, type PaidPlan } from './plans';
import type { PortalPurpose } from './portal-flow';
import { stripe } from './stripe';

/** What a switch to another plan would cost today. Amounts are in the currency's smallest unit. */
export type SwitchPreview = {
  /** To be paid now. */
  dueNow: number;
  /** The sum behind it: below zero when more is credited than charged. */
  total: number;
  currency: string;
};

/** The purpose of switching to what a form or an address names; null when we sell no such plan. */
export function switchPurpose(
  planName: unknown,
  interval: unknown,
): Extract<PortalPurpose, { flow: 'subscription_update_confirm' }> | null {
  const plan = findPaidPlan(planName);
  if (!plan || !isInterval(interval)) return null;
  return { flow: 'subscription_update_confirm', plan, interval };
}

/**
 * Asks Stripe what a switch would cost: for the only page that asks Stripe anything, because only
 * Stripe can compute it. Changes nothing.
 *
 * @returns null when Stripe refuses, fails or is slow, which is logged: its own page shows the
 *   amount again before anything is charged
 */
export async function previewSwitch(
  { customer, subscription }: BillingAccount,
  plan: PaidPlan,
  interval: Interval,
): Promise<SwitchPreview | null> {
  if (!customer || !subscription) return null;
  try {
    const invoice = await stripe().invoices.createPreview({
      customer,
      subscription: subscription.id,
      subscription_details: {
        items: [
          {
            id: subscription.itemId,
            price: await catalogueId(lookupKey(plan, interval)),
            quantity: subscription.quantity,
          },
        ],
        // As the portal's configuration will do it.
        proration_behavior: 'always_invoice',
      },
    });
    return { dueNow: invoice.amount_due, total: invoice.total, currency: invoice.currency };
  } catch (error) {
    logBillingError(error);
    return null;
  }
}
