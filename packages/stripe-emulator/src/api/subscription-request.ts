import { metadata } from '../core/metadata';
import {
  array,
  boolean,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import { currency } from './fields';
import {
  addInvoiceItem,
  anchorConfig,
  automaticTax,
  billingMode,
  billingThresholds,
  cancelAt,
  cancellationDetails,
  changedItem,
  collectionMethod,
  discounts,
  invoiceSettings,
  newItem,
  paymentBehavior,
  paymentSettings,
  prorationBehavior,
  taxRates,
  trialEnd,
  trialSettings,
} from './subscription-params';

const shared = {
  add_invoice_items: array(addInvoiceItem, { max: 20 }),
  automatic_tax: automaticTax,
  billing_thresholds: billingThresholds,
  cancel_at_period_end: boolean(),
  collection_method: collectionMethod,
  days_until_due: integer({ min: 0, max: 365 }),
  default_payment_method: id(),
  default_tax_rates: taxRates,
  discounts,
  invoice_settings: invoiceSettings,
  metadata: metadata(),
  off_session: boolean(),
  on_behalf_of: unsettable(id()),
  payment_behavior: paymentBehavior,
  payment_settings: paymentSettings,
  proration_behavior: prorationBehavior,
  trial_end: trialEnd,
  trial_from_plan: boolean(),
  trial_settings: trialSettings,
};

/** What `POST /v1/subscriptions` takes. */
export const newSubscriptionFields = {
  ...shared,
  backdate_start_date: timestamp(),
  billing_cycle_anchor: timestamp(),
  billing_cycle_anchor_config: anchorConfig,
  billing_mode: billingMode,
  cancel_at: cancelAt,
  currency: currency(),
  customer: id(),
  customer_account: id(),
  description: string({ max: 500 }),
  items: array(newItem, { max: 20 }),
  trial_period_days: integer({ min: 1, max: 1825 }),
};

/** What `POST /v1/subscriptions/:id` takes. */
export const subscriptionFields = {
  ...shared,
  billing_cycle_anchor: object({ type: required(oneOf(['now', 'unchanged'])) }),
  cancel_at: unsettable(cancelAt),
  cancellation_details: cancellationDetails,
  default_payment_method: unsettable(id()),
  description: unsettable(string({ max: 500 })),
  items: array(changedItem, { max: 20 }),
  pause_collection: unsettable(
    object({
      behavior: required(oneOf(['keep_as_draft', 'mark_uncollectible', 'void'])),
      resumes_at: timestamp(),
    }),
  ),
  proration_date: timestamp(),
};

/** What `POST /v1/subscriptions/:id/pause` takes. */
export const pauseFields = {
  bill_for: object({
    outstanding_usage_through: object({ type: required(oneOf(['none', 'now'])) }),
    unused_time_from: object({
      type: required(oneOf(['item_current_period_start', 'none', 'now'])),
    }),
  }),
  invoicing_behavior: oneOf(['invoice', 'pending_invoice_item']),
  type: oneOf(['subscription']),
};
