import type { Period } from '../core/calendar';
import type { Customer, Price, Subscription, SubscriptionItem } from './objects';

/** What a new subscription needs to be told; everything else starts empty. */
export interface SubscriptionSeed {
  id: string;
  created: number;
  start_date: number;
  livemode: boolean;
  customer: Customer;
  currency: string;
  automatic_tax: Subscription['automatic_tax'];
  billing_mode: Subscription['billing_mode'];
  billing_thresholds: Subscription['billing_thresholds'];
  billing_cycle_anchor: number;
  billing_cycle_anchor_config: Subscription['billing_cycle_anchor_config'];
  collection_method: Subscription['collection_method'];
  days_until_due: number | null;
  default_payment_method: string | null;
  description: string | null;
  items: SubscriptionItem[];
  metadata: Record<string, string>;
  on_behalf_of: string | null;
  payment_settings: Subscription['payment_settings'];
  invoice_settings: Subscription['invoice_settings'];
  status: Subscription['status'];
  trial: Period | null;
  trial_settings: Subscription['trial_settings'];
}

/** A subscription, complete to the last field, not yet invoiced. */
export function newSubscription(seed: SubscriptionSeed): Subscription {
  return {
    id: seed.id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: seed.automatic_tax,
    billing_cycle_anchor: seed.billing_cycle_anchor,
    billing_cycle_anchor_config: seed.billing_cycle_anchor_config,
    billing_mode: seed.billing_mode,
    billing_schedules: [],
    billing_thresholds: seed.billing_thresholds,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: seed.collection_method,
    created: seed.created,
    currency: seed.currency,
    customer: seed.customer.id,
    customer_account: seed.customer.customer_account ?? null,
    days_until_due: seed.days_until_due,
    default_payment_method: seed.default_payment_method,
    default_source: null,
    default_tax_rates: [],
    description: seed.description,
    discounts: [],
    ended_at: null,
    invoice_settings: seed.invoice_settings,
    items: {
      object: 'list',
      data: seed.items,
      has_more: false,
      url: `/v1/subscription_items?subscription=${seed.id}`,
    },
    latest_invoice: null,
    livemode: seed.livemode,
    managed_payments: { enabled: false },
    metadata: seed.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: seed.on_behalf_of,
    pause_collection: null,
    payment_settings: seed.payment_settings,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: seed.start_date,
    status: seed.status,
    test_clock: seed.customer.test_clock ?? null,
    transfer_data: null,
    trial_end: seed.trial?.end ?? null,
    trial_settings: seed.trial_settings,
    trial_start: seed.trial?.start ?? null,
  };
}

/** What a subscription item needs to be told. */
export interface ItemSeed {
  id: string;
  billing_thresholds: SubscriptionItem['billing_thresholds'];
  created: number;
  subscription: string;
  price: Price;
  quantity: number | undefined;
  period: Period;
  metadata: Record<string, string>;
  discounts: string[];
  tax_rates: SubscriptionItem['tax_rates'];
}

/** A subscription item, complete to the last field. */
export function newSubscriptionItem(seed: ItemSeed): SubscriptionItem {
  return {
    id: seed.id,
    object: 'subscription_item',
    billing_thresholds: seed.billing_thresholds,
    created: seed.created,
    current_period_end: seed.period.end,
    current_period_start: seed.period.start,
    current_trial: null,
    discounts: seed.discounts,
    metadata: seed.metadata,
    plan: planOf(seed.price),
    price: seed.price,
    ...(seed.quantity === undefined ? {} : { quantity: seed.quantity }),
    subscription: seed.subscription,
    tax_rates: seed.tax_rates,
  };
}

/** A recurring price in the shape of the plans that came before prices; items still carry both. */
export function planOf(price: Price): SubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: price.livemode,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  };
}
