import { metadata } from '../core/metadata';
import {
  array,
  boolean,
  decimal,
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
  automaticTax,
  billingMode,
  cancelAt,
  changedItem,
  discounts,
  oneTimePriceData,
  prorationBehavior,
  taxRates,
  trialEnd,
} from './subscription-params';

export const previewItem = object({
  amount: integer(),
  currency: currency(),
  description: string({ max: 5000 }),
  discountable: boolean(),
  discounts,
  invoiceitem: id(),
  metadata: metadata(),
  period: object({ end: required(timestamp()), start: required(timestamp()) }),
  price: id(),
  price_data: oneTimePriceData,
  quantity: integer({ min: 0 }),
  quantity_decimal: decimal(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']),
  tax_code: unsettable(id()),
  tax_rates: taxRates,
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
});

export const previewDetails = object({
  billing_cycle_anchor: object({
    timestamp: timestamp(),
    type: required(oneOf(['now', 'timestamp', 'unchanged'])),
  }),
  billing_mode: billingMode,
  cancel_at: unsettable(cancelAt),
  cancel_at_period_end: boolean(),
  cancel_now: boolean(),
  default_tax_rates: taxRates,
  items: array(changedItem, { max: 20 }),
  metadata: metadata(),
  proration_behavior: prorationBehavior,
  proration_date: timestamp(),
  resume_at: oneOf(['now']),
  start_date: timestamp(),
  trial_end: trialEnd,
});

/** What `POST /v1/invoices/create_preview` takes. */
export const previewParams = {
  automatic_tax: automaticTax,
  currency: currency(),
  customer: id(),
  customer_account: id(),
  customer_details: object({
    address: unsettable(
      object({
        city: string(),
        country: string(),
        line1: string(),
        line2: string(),
        postal_code: string(),
        state: string(),
      }),
    ),
    tax_exempt: unsettable(oneOf(['exempt', 'none', 'reverse'])),
  }),
  discounts,
  invoice_items: array(previewItem),
  on_behalf_of: unsettable(id()),
  preview_mode: oneOf(['next', 'recurring']),
  schedule: id(),
  subscription: id(),
  subscription_details: previewDetails,
};
