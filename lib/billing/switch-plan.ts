import type { BillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { findPaidPlan, type Interval, isInterval, lookupKey, type PaidPlan } from './plans';
import type { PortalPurpose } from './portal-flow';
import { stripe } from './stripe';

/** What a switch to another plan would cost today. Amounts are in the currency's smallest unit. */
export type SwitchPreview = {
  /** To be paid now; negative or zero when the present plan's remaining time covers it. */
  dueNow: number;
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
 * Asks Stripe what a switch would cost: the only page that asks Stripe anything, because only Stripe
 * can compute it. Changes nothing.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function previewSwitch(
  account: BillingAccount,
  plan: PaidPlan,
  interval: Interval,
): Promise<SwitchPreview | null> {
  const { customer, subscription } = account;
  if (!customer || !subscription) return null;
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
  return { dueNow: invoice.amount_due, currency: invoice.currency };
}
