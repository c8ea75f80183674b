import type Stripe from 'stripe';
import { env } from '../../env';
import { product } from '../../product';
import type { PortalName } from '../catalogue-objects';
import {
  intervals,
  type LookupKey,
  lookupKey,
  paidPlans,
  planChangeProration,
  productId,
} from '../plans';

/** Who each portal configuration is for, and what they may do. */
export const portalConfigurations = {
  default: { audience: 'Subscribers', canChangePlan: true },
  lapsed: { audience: 'Former subscribers', canChangePlan: false },
} as const satisfies Record<PortalName, { audience: string; canChangePlan: boolean }>;

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/**
 * A portal configuration as it should be at Stripe.
 *
 * @param priceId gives Stripe's id of a price of the catalogue
 */
export function portalConfiguration(
  name: PortalName,
  priceId: (key: LookupKey) => string,
): Stripe.BillingPortal.ConfigurationCreateParams {
  const { audience, canChangePlan } = portalConfigurations[name];
  return {
    name: `${product.name}: ${audience}`,
    metadata: { catalogue: name },
    default_return_url: `${env().NEXTAUTH_URL}/billing/return`,
    business_profile: { headline: 'Your plan, your cards, your invoices' },
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      ...(canChangePlan ? planChanges(priceId) : noPlanChanges),
    },
  };
}

function planChanges(priceId: (key: LookupKey) => string): Features {
  return {
    subscription_cancel: {
      enabled: true,
      mode: 'at_period_end',
      proration_behavior: 'none',
      cancellation_reason: {
        enabled: true,
        options: ['too_expensive', 'missing_features', 'switched_service', 'unused', 'other'],
      },
    },
    subscription_pause: {
      enabled: true,
      duration: {
        type: 'interval_options',
        interval_options: [
          { interval: 'month', interval_count: 1 },
          { interval: 'month', interval_count: 3 },
        ],
      },
    },
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price', 'promotion_code', 'quantity'],
      proration_behavior: planChangeProration,
      products: paidPlans.map((plan) => ({
        product: productId(plan),
        prices: intervals.map((interval) => priceId(lookupKey(plan, interval))),
        adjustable_quantity: plan.seats
          ? { enabled: true, minimum: plan.seats.min, maximum: plan.seats.max }
          : { enabled: false },
      })),
    },
  };
}

const noPlanChanges: Features = {
  subscription_cancel: { enabled: false },
  subscription_pause: { enabled: false },
  subscription_update: { enabled: false },
};
