import type { Context } from '../core/context';
import type { Quote } from './checkout-quote';
import { checkoutUrl } from './hosted-links';
import type { CheckoutSession, Customer } from './objects';

/** What a new Checkout session needs to be told. */
export interface SessionSeed
  extends Pick<
    CheckoutSession,
    | 'adaptive_pricing'
    | 'allow_promotion_codes'
    | 'allowed_payment_method_types'
    | 'automatic_tax'
    | 'billing_address_collection'
    | 'cancel_url'
    | 'client_reference_id'
    | 'consent_collection'
    | 'custom_fields'
    | 'custom_text'
    | 'customer_creation'
    | 'customer_email'
    | 'discounts'
    | 'excluded_payment_method_types'
    | 'expires_at'
    | 'integration_identifier'
    | 'invoice_creation'
    | 'locale'
    | 'metadata'
    | 'mode'
    | 'origin_context'
    | 'payment_link'
    | 'payment_method_collection'
    | 'phone_number_collection'
    | 'saved_payment_method_options'
    | 'setup_intent'
    | 'submit_type'
    | 'success_url'
    | 'tax_id_collection'
    | 'ui_mode'
  > {
  id: string;
  currency: string;
  customer: Customer | undefined;
  /** What is sold; undefined when only a card is set up. */
  quote: Quote | undefined;
}

/** An open Checkout session, complete to the last field. */
export function newCheckoutSession(ctx: Context, seed: SessionSeed): CheckoutSession {
  const { customer, quote, ...fields } = seed;
  return {
    ...fields,
    object: 'checkout.session',
    after_expiration: null,
    amount_subtotal: quote?.amount_subtotal ?? null,
    amount_total: quote?.amount_total ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    created: ctx.now,
    currency_conversion: null,
    customer: customer?.id ?? null,
    customer_account: customer?.customer_account ?? null,
    customer_details: detailsOf(customer, seed.customer_email),
    invoice: null,
    livemode: ctx.livemode,
    managed_payments: { enabled: false },
    payment_intent: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: quote ? 'unpaid' : 'no_payment_required',
    permissions: null,
    recovered_from: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    subscription: null,
    total_details: quote
      ? {
          amount_discount: quote.amount_discount,
          amount_shipping: 0,
          amount_tax: quote.amount_tax,
          breakdown: { discounts: [], taxes: quote.taxes },
        }
      : null,
    url: checkoutUrl(ctx, seed.id),
    wallet_options: null,
  };
}

function detailsOf(
  customer: Customer | undefined,
  email: string | null,
): CheckoutSession['customer_details'] {
  const known = customer?.email ?? email;
  if (!known) return null;
  return {
    address: null,
    business_name: null,
    email: known,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: customer?.tax_exempt ?? 'none',
    tax_ids: null,
  };
}
