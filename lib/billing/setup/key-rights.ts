import Stripe from 'stripe';
import { stripe } from '../stripe';

/** A right of a restricted key, as the Dashboard calls it. Writing includes reading. */
export type Right = {
  section: string;
  level: 'Read' | 'Write';
  /** Stripe's own name of it, as in its refusals. */
  permission: string;
};

/**
 * Tries what the app, its commands and its checks ask of Stripe, each about an object that does not
 * exist: Stripe looks at the key's rights before it looks for the object, so a refusal names the right
 * that is missing, and nothing can come of a call that is not refused.
 *
 * @returns the rights that the configured key lacks; always none for an unrestricted one
 * @throws Stripe.errors.StripeError when Stripe does not take the key, fails or is slow
 */
export async function missingRights(): Promise<Right[]> {
  const missing = await Promise.all(
    rights.map(async ({ probe, ...right }) => {
      const refusal = await refusalOf(probe());
      if (refusal === null) return [];
      const [permission = right.permission] = /rak_\w+/.exec(refusal) ?? [];
      return [{ ...right, permission }];
    }),
  );
  return missing.flat();
}

/** The page of the Dashboard that makes a restricted key, with every right filled in. */
export function newKeyUrl({ livemode }: { livemode: boolean }): string {
  const url = new URL(`https://dashboard.stripe.com/${livemode ? '' : 'test/'}apikeys/create`);
  url.searchParams.set('name', 'billing');
  for (const { permission } of rights) url.searchParams.append('permissions[]', permission);
  return url.href;
}

/** Everything a key needs. docs/going-live.md has the same list for people. */
export const rights: readonly (Right & { probe: () => Promise<unknown> })[] = [
  {
    section: 'Customers',
    level: 'Write',
    permission: 'rak_customer_write',
    probe: () => stripe().customers.update('cus_nobody', {}),
  },
  {
    section: 'Payment Methods',
    level: 'Read',
    permission: 'rak_payment_method_read',
    probe: () => stripe().paymentMethods.retrieve('pm_none'),
  },
  {
    section: 'Checkout Sessions',
    level: 'Write',
    permission: 'rak_checkout_session_write',
    probe: () => stripe().checkout.sessions.expire('cs_none'),
  },
  {
    section: 'Customer portal',
    level: 'Write',
    permission: 'rak_customer_portal_write',
    probe: () => stripe().billingPortal.sessions.create({ customer: 'cus_nobody' }),
  },
  {
    section: 'Subscriptions',
    level: 'Write',
    permission: 'rak_subscription_write',
    probe: () => stripe().subscriptions.update('sub_none', {}),
  },
  {
    // Computing a preview counts as writing.
    section: 'Invoices',
    level: 'Write',
    permission: 'rak_invoice_write',
    probe: () => stripe().invoices.createPreview({ customer: 'cus_nobody' }),
  },
  {
    section: 'Products',
    level: 'Write',
    permission: 'rak_product_write',
    probe: () => stripe().products.update('prod_none', {}),
  },
  {
    section: 'Prices',
    level: 'Write',
    permission: 'rak_plan_write',
    probe: () => stripe().prices.update('price_none', {}),
  },
  {
    section: 'Coupons',
    level: 'Write',
    permission: 'rak_coupon_write',
    probe: () => stripe().coupons.update('none', {}),
  },
  {
    section: 'Webhook Endpoints',
    level: 'Read',
    permission: 'rak_webhook_read',
    probe: () => stripe().webhookEndpoints.list({ limit: 1 }),
  },
  {
    section: 'Events',
    level: 'Read',
    permission: 'rak_event_read',
    probe: () => stripe().events.list({ limit: 1 }),
  },
];

/** What Stripe says when it refuses for want of a right; null when the right is there. */
async function refusalOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return error.message;
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    throw error;
  }
}
