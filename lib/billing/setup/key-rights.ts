import Stripe from 'stripe';
import { stripe } from '../stripe';

/** A right of a restricted key. */
export type Right = {
  /** As the Dashboard calls it, such as `Customers: Write`. Writing includes reading. */
  name: string;
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
    rights.map(async ({ name, permission, probe }) => {
      const refusal = await refusalOf(probe(stripe()));
      return refusal === null
        ? []
        : [{ name, permission: /rak_\w+/.exec(refusal)?.[0] ?? permission }];
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
export const rights: readonly (Right & { probe: Probe })[] = [
  right('Customers: Write', 'rak_customer_write', (api) => api.customers.update('cus_nobody', {})),
  right('Payment Methods: Read', 'rak_payment_method_read', (api) =>
    api.paymentMethods.retrieve('pm_none'),
  ),
  right('Checkout Sessions: Write', 'rak_checkout_session_write', (api) =>
    api.checkout.sessions.expire('cs_none'),
  ),
  right('Customer portal: Write', 'rak_customer_portal_write', (api) =>
    api.billingPortal.sessions.create({ customer: 'cus_nobody' }),
  ),
  right('Subscriptions: Write', 'rak_subscription_write', (api) =>
    api.subscriptions.update('sub_none', {}),
  ),
  // Computing a preview counts as writing.
  right('Invoices: Write', 'rak_invoice_write', (api) =>
    api.invoices.createPreview({ customer: 'cus_nobody' }),
  ),
  right('PaymentIntents: Read', 'rak_payment_intent_read', (api) =>
    api.paymentIntents.retrieve('pi_none'),
  ),
  right('Charges and Refunds: Write', 'rak_charge_write', (api) =>
    api.refunds.create({ payment_intent: 'pi_none' }),
  ),
  right('Disputes: Read', 'rak_dispute_read', (api) => api.disputes.retrieve('du_none')),
  right('Products: Write', 'rak_product_write', (api) => api.products.update('prod_none', {})),
  right('Prices: Write', 'rak_plan_write', (api) => api.prices.update('price_none', {})),
  right('Coupons: Write', 'rak_coupon_write', (api) => api.coupons.update('none', {})),
  right('Promotion Codes: Read', 'rak_promotion_code_read', (api) =>
    api.promotionCodes.retrieve('promo_none'),
  ),
  right('Webhook Endpoints: Read', 'rak_webhook_read', (api) =>
    api.webhookEndpoints.list({ limit: 1 }),
  ),
  right('Events: Read', 'rak_event_read', (api) => api.events.list({ limit: 1 })),
];

type Probe = (api: Stripe) => Promise<unknown>;

function right(name: string, permission: string, probe: Probe) {
  return { name, permission, probe };
}

/** Stripe's message when a right is missing; null when it is there. */
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
