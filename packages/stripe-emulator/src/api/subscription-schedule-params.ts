import { metadata } from '../core/metadata';
import {
  array,
  boolean,
  either,
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
  automaticTax,
  collectionMethod,
  discounts,
  INTERVALS,
  invoiceSettings,
  newItem,
  prorationBehavior,
  taxRates,
} from './subscription-params';

/** A time, or now. */
export const moment = either(oneOf(['now']), timestamp());
/** A century of days: what is much later is no date. */
const duration = object({
  interval: required(oneOf(INTERVALS)),
  interval_count: integer({ min: 1, max: 36_500 }),
});

const phaseExtra = object({
  ...addInvoiceItem.fields,
  period: object({
    end: required(
      object({
        timestamp: timestamp(),
        type: required(oneOf(['min_item_period_end', 'phase_end', 'timestamp'])),
      }),
    ),
    start: required(
      object({
        timestamp: timestamp(),
        type: required(oneOf(['max_item_period_start', 'phase_start', 'timestamp'])),
      }),
    ),
  }),
});

const scheduleInvoiceSettings = object({
  ...invoiceSettings.fields,
  days_until_due: integer({ min: 0, max: 365 }),
});

const defaultSettings = object({
  automatic_tax: automaticTax,
  billing_cycle_anchor: oneOf(['automatic', 'phase_start']),
  collection_method: collectionMethod,
  default_payment_method: id(),
  description: unsettable(string({ max: 500 })),
  invoice_settings: scheduleInvoiceSettings,
  on_behalf_of: unsettable(id()),
});

const { billing_thresholds: _thresholds, ...phaseItemFields } = newItem.fields;
const phaseItem = object(phaseItemFields);

const phase = object({
  add_invoice_items: array(phaseExtra, { max: 20 }),
  automatic_tax: automaticTax,
  billing_cycle_anchor: oneOf(['automatic', 'phase_start']),
  collection_method: collectionMethod,
  currency: currency(),
  default_payment_method: id(),
  default_tax_rates: taxRates,
  description: unsettable(string({ max: 500 })),
  discounts,
  duration,
  end_date: moment,
  invoice_settings: scheduleInvoiceSettings,
  items: required(array(phaseItem, { max: 20 })),
  metadata: metadata(),
  on_behalf_of: id(),
  proration_behavior: prorationBehavior,
  start_date: moment,
  trial: boolean(),
  trial_end: moment,
});

const pauseSchedule = object({
  key: string({ max: 200 }),
  pause: object({
    pause_at: object({ timestamp: timestamp(), type: required(oneOf(['now', 'timestamp'])) }),
    settings: object({
      bill_for: object({
        outstanding_usage_through: object({ type: oneOf(['none', 'pause_at']) }),
        unused_time_from: object({
          type: oneOf(['item_current_period_start', 'none', 'pause_at']),
        }),
      }),
      invoicing_behavior: oneOf(['invoice', 'pending_invoice_item']),
      type: oneOf(['subscription']),
    }),
  }),
  resume: unsettable(
    object({
      resume_at: object({
        duration,
        timestamp: timestamp(),
        type: required(oneOf(['duration', 'now', 'timestamp'])),
      }),
      settings: object({
        billing_cycle_anchor: oneOf(['resume_at', 'unchanged']),
        payment_behavior: oneOf(['resume_on_payment_attempt', 'resume_on_payment_success']),
        proration_behavior: prorationBehavior,
      }),
    }),
  ),
});

/** What both a new schedule and a change of one take. */
export const scheduleFields = {
  default_settings: defaultSettings,
  end_behavior: oneOf(['cancel', 'none', 'release', 'renew']),
  metadata: metadata(),
  pause_schedules: unsettable(array(pauseSchedule, { max: 1 })),
  phases: array(phase, { max: 10 }),
};
