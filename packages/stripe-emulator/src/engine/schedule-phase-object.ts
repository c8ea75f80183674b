import type { Subscription, SubscriptionSchedule } from './objects';

export type Phase = SubscriptionSchedule['phases'][number];

/** The phase that a running subscription is in, as a new schedule begins with it. */
export function currentPhaseOf(subscription: Subscription): Phase {
  const items = subscription.items.data;
  return {
    ...emptyPhase(subscription.currency),
    default_tax_rates: subscription.default_tax_rates ?? [],
    discounts: subscription.discounts.map((discount) => ({
      coupon: null,
      discount,
      promotion_code: null,
    })),
    end_date: Math.min(...items.map((item) => item.current_period_end)),
    items: items.map((item) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: item.metadata,
      plan: item.price.id,
      price: item.price.id,
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
      tax_rates: item.tax_rates ?? [],
    })),
    metadata: subscription.metadata,
    start_date: Math.min(...items.map((item) => item.current_period_start)),
    trial_end: subscription.status === 'trialing' ? subscription.trial_end : null,
  };
}

/** A phase of nothing, complete to the last field. */
export function emptyPhase(currency: string): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: 0,
    invoice_settings: null,
    items: [],
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'create_prorations',
    start_date: 0,
    transfer_data: null,
    trial_end: null,
  };
}
