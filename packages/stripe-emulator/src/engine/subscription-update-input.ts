import type { Subscription } from './objects';
import type { SubscriptionInput } from './subscription-input';

/** What a request can change of a subscription; checked for form, not yet for sense. */
export interface SubscriptionUpdateInput
  extends Pick<
    SubscriptionInput,
    | 'add_invoice_items'
    | 'automatic_tax'
    | 'billing_thresholds'
    | 'cancel_at'
    | 'cancel_at_period_end'
    | 'collection_method'
    | 'days_until_due'
    | 'default_tax_rates'
    | 'description'
    | 'discounts'
    | 'invoice_settings'
    | 'items'
    | 'metadata'
    | 'off_session'
    | 'on_behalf_of'
    | 'payment_behavior'
    | 'payment_settings'
    | 'proration_behavior'
    | 'trial_end'
    | 'trial_from_plan'
    | 'trial_settings'
  > {
  billing_cycle_anchor?: { type: 'now' | 'unchanged' };
  cancellation_details?: {
    comment?: string | null;
    feedback?: NonNullable<Subscription['cancellation_details']>['feedback'];
    feedback_option?: string;
  };
  /** `null`: the customer's default is charged again. */
  default_payment_method?: string | null;
  pause_collection?: {
    behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void';
    resumes_at?: number;
  } | null;
  proration_date?: number;
}
