import type Stripe from 'stripe';
import { env } from '../../env';
import { product } from '../../product';
import type { PortalName } from '../catalogue-objects';
import {
  dearerPlans,
  findPaidPlan,
  intervals,
  type LookupKey,
  lookupKey,
  type PaidPlan,
  paidPlans,
  planChangeProration,
  plansFrom,
  productId,
  teams,
} from '../plans';

/** The portal configurations, by name. */
export const portalNames: readonly PortalName[] = [
  'default',
  ...dearerPlans.map(({ name }) => name),
  ...(teams ? (['shared'] as const) : []),
  'lapsed',
];

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
  const plan = findPaidPlan(name);
  const offered = name === 'shared' ? [] : plan ? plansFrom(plan) : sold;
  return {
    name: `${product.name}: ${audienceOf(name)}`,
    metadata: { catalogue: name },
    default_return_url: `${env().NEXTAUTH_URL}/billing/return`,
    business_profile: { headline: 'Your plan, your cards, your invoices' },
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      ...(name === 'lapsed' ? noPlanChanges : planChanges(offered, priceId)),
    },
  };
}

function audienceOf(name: PortalName): string {
  if (name === 'lapsed') return 'Former subscribers';
  if (name === 'shared') return 'Teams';
  const plan = findPaidPlan(name);
  return plan ? `Subscribers of ${plan.title}` : 'Subscribers';
}

const sold = paidPlans.filter(({ retired }) => !retired);

/** @param plans what can be changed to */
function planChanges(plans: readonly PaidPlan[], priceId: (key: LookupKey) => string): Features {
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
      enabled: plans.length > 0,
      default_allowed_updates: ['price', 'promotion_code', 'quantity'],
      proration_behavior: planChangeProration,
      // Within a plan, as lib/billing/change-direction.ts says. To another one, Stripe knows no later.
      schedule_at_period_end: {
        conditions: [{ type: 'decreasing_item_amount' }, { type: 'shortening_interval' }],
      },
      trial_update_behavior: 'continue_trial',
      products: plans.map((plan) => ({
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
