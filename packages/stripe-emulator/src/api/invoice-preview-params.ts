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
import { addressParam, currency } from './fields';
import {
  automaticTax,
  billingMode,
  cancelAt,
  changedItem,
  discounts,
  issuer,
  oneTimePriceData,
  prorationBehavior,
  taxRates,
  trialEnd,
} from './subscription-params';
import { pauseFields } from './subscription-request';
import { scheduleFields } from './subscription-schedule-params';

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
  pause: object(pauseFields),
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
    address: unsettable(addressParam()),
    shipping: unsettable(
      object({ address: required(addressParam()), name: required(string()), phone: string() }),
    ),
    tax: object({ ip_address: unsettable(string()) }),
    tax_exempt: unsettable(oneOf(['exempt', 'none', 'reverse'])),
    tax_ids: array(object({ type: required(string()), value: required(string()) })),
  }),
  discounts,
  invoice_items: array(previewItem),
  issuer,
  on_behalf_of: unsettable(id()),
  preview_mode: oneOf(['next', 'recurring']),
  schedule: id(),
  schedule_details: object({
    billing_mode: billingMode,
    end_behavior: scheduleFields.end_behavior,
    pause_schedules: scheduleFields.pause_schedules,
    phases: scheduleFields.phases,
    proration_behavior: prorationBehavior,
  }),
  subscription: id(),
  subscription_details: previewDetails,
};
