import type Stripe from 'stripe';
import type { Wire } from './wire';

/** What a Checkout session was asked to do that the session object itself does not show. */
export interface CheckoutDetails {
  /** The session's id. */
  id: string;
  /** The line items as they stand; the API gives them only when asked for. */
  lineItems: Wire<Stripe.LineItem>[];
  /** The tax rates that lines have by themselves, by the ids of the lines. */
  taxRates?: Record<string, string[]>;
  /** In mode `payment`, what its payment intent is told. */
  payment?: Partial<
    Pick<
      Wire<Stripe.PaymentIntent>,
      | 'capture_method'
      | 'description'
      | 'metadata'
      | 'on_behalf_of'
      | 'receipt_email'
      | 'setup_future_usage'
      | 'statement_descriptor'
      | 'statement_descriptor_suffix'
    >
  >;
  /** In mode `payment`, what the invoice about it is told; absent when none is made. */
  invoice?: Pick<Wire<Stripe.Invoice>, 'custom_fields' | 'description' | 'footer'> & {
    metadata: Record<string, string>;
  };
  /** Parameters for the subscription that completing the session creates, already checked. */
  subscription: {
    billing_cycle_anchor?: number;
    billing_mode?: { type: 'classic' | 'flexible' };
    default_tax_rates?: string[];
    description?: string;
    invoice_settings?: { description?: string | null; footer?: string | null };
    metadata?: Record<string, string>;
    on_behalf_of?: string;
    proration_behavior?: 'create_prorations' | 'none';
    trial_end?: number;
    trial_period_days?: number;
    trial_settings?: {
      end_behavior: {
        billing_cycle_anchor?: 'now' | 'unchanged';
        missing_payment_method?: 'cancel' | 'create_invoice' | 'pause';
      };
    };
  };
  /** What Checkout may save on an existing customer. */
  customerUpdate: { address?: string; name?: string; shipping?: string };
}
