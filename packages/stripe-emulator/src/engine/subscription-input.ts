import type { AnchorPattern } from '../core/calendar';
import type { MetadataChange } from '../core/metadata';
import type { DiscountChoice } from './discounts';
import type { ExtraItem } from './extra-items';
import type { Subscription } from './objects';
import type { ItemInput } from './subscription-items';

/** What a request can say of a new subscription; checked for form, not yet for sense. */
export interface SubscriptionInput {
  add_invoice_items?: ExtraItem[];
  automatic_tax?: { enabled: boolean };
  backdate_start_date?: number;
  billing_cycle_anchor?: number;
  billing_cycle_anchor_config?: AnchorPattern;
  billing_mode?: {
    type: 'classic' | 'flexible';
    flexible?: { proration_discounts?: 'included' | 'itemized' };
  };
  billing_thresholds?: { amount_gte?: number; reset_billing_cycle_anchor?: boolean } | null;
  cancel_at?: number | 'max_billed_until' | 'max_period_end' | 'min_period_end' | null;
  cancel_at_period_end?: boolean;
  collection_method?: 'charge_automatically' | 'send_invoice';
  currency?: string;
  days_until_due?: number;
  default_payment_method?: string;
  default_tax_rates?: string[] | null;
  description?: string | null;
  discounts?: DiscountChoice[] | null;
  invoice_settings?: { description?: string | null; footer?: string | null };
  items?: ItemInput[];
  metadata?: MetadataChange;
  /** Whether the customer is not there to authenticate the first payment. */
  off_session?: boolean;
  on_behalf_of?: string | null;
  payment_behavior?:
    | 'allow_incomplete'
    | 'default_incomplete'
    | 'error_if_incomplete'
    | 'pending_if_incomplete';
  payment_settings?: {
    save_default_payment_method?: 'off' | 'on_subscription';
    payment_method_types?: NonNullable<Subscription['payment_settings']>['payment_method_types'];
  };
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
  trial_end?: 'now' | number;
  trial_from_plan?: boolean;
  trial_period_days?: number;
  trial_settings?: {
    end_behavior: {
      billing_cycle_anchor?: 'now' | 'unchanged';
      missing_payment_method?: 'cancel' | 'create_invoice' | 'pause';
    };
  };
}
