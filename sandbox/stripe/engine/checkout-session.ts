import type { Context } from '../core/context';
import type { Quote } from './checkout-quote';
import { checkoutUrl } from './hosted-links';
import type { CheckoutSession, Customer } from './objects';

/** What a new Checkout session needs to be told. */
export interface SessionSeed
  extends Pick<
    CheckoutSession,
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
    | 'locale'
    | 'metadata'
    | 'payment_method_collection'
    | 'phone_number_collection'
    | 'return_url'
    | 'saved_payment_method_options'
    | 'submit_type'
    | 'success_url'
    | 'tax_id_collection'
    | 'ui_mode'
  > {
  id: string;
  clientSecret: string;
  currency: string;
  customer: Customer | undefined;
  quote: Quote;
}

/** An open Checkout session for a subscription, complete to the last field. */
export function newCheckoutSession(ctx: Context, seed: SessionSeed): CheckoutSession {
  const { clientSecret, customer, quote, ...fields } = seed;
  const isHosted = seed.ui_mode === 'hosted_page';
  return {
    ...fields,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    amount_subtotal: quote.amount_subtotal,
    amount_total: quote.amount_total,
    client_secret: isHosted ? null : `${seed.id}_secret_${clientSecret}`,
    collected_information: null,
    consent: null,
    created: ctx.now,
    currency_conversion: null,
    customer: customer?.id ?? null,
    customer_account: customer?.customer_account ?? null,
    customer_details: detailsOf(customer, seed.customer_email),
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: ctx.livemode,
    managed_payments: { enabled: false },
    mode: 'subscription',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    subscription: null,
    total_details: { amount_discount: quote.amount_discount, amount_shipping: 0, amount_tax: 0 },
    url: isHosted ? checkoutUrl(ctx, seed.id) : null,
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
