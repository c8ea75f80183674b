import { invalidRequest } from '../core/errors';
import { metadata } from '../core/metadata';
import {
  array,
  boolean,
  id,
  integer,
  object,
  oneOf,
  refine,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import { currency, email, invoiceCustomFields, statementDescriptor, url } from './fields';
import { checkoutLocale } from './locales';
import { removedMethodTypes } from './removed-method-types';
import {
  anchorConfig,
  automaticTax,
  billingMode,
  invoiceSettings,
  oneTimePriceData,
  recurrence,
  trialSettings,
} from './subscription-params';

const lineItem = object({
  adjustable_quantity: object({
    enabled: required(boolean()),
    maximum: integer({ min: 1, max: 999_999 }),
    minimum: integer({ min: 0 }),
  }),
  metadata: metadata(),
  price: id(),
  price_data: object({
    ...oneTimePriceData.fields,
    product: id(),
    product_data: object({
      description: string(),
      images: array(string(), { max: 8 }),
      metadata: metadata(),
      name: required(string()),
      tax_code: id(),
      unit_label: string({ max: 12 }),
    }),
    recurring: recurrence,
  }),
  quantity: integer({ min: 1 }),
  tax_rates: array(id()),
});

const subscriptionData = object({
  billing_cycle_anchor: timestamp(),
  billing_cycle_anchor_config: anchorConfig,
  billing_mode: billingMode,
  default_tax_rates: array(id()),
  description: string({ max: 500 }),
  invoice_settings: invoiceSettings,
  metadata: metadata(),
  on_behalf_of: id(),
  proration_behavior: oneOf(['create_prorations', 'none']),
  trial_end: timestamp(),
  trial_period_days: integer({ min: 1, max: 730 }),
  trial_settings: trialSettings,
});

const intentText = { description: string({ max: 1000 }), metadata: metadata(), on_behalf_of: id() };

const paymentIntentData = object({
  ...intentText,
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']),
  receipt_email: email(),
  setup_future_usage: oneOf(['off_session', 'on_session']),
  statement_descriptor: statementDescriptor(),
  statement_descriptor_suffix: statementDescriptor(),
});

const invoiceCreation = object({
  enabled: required(boolean()),
  invoice_data: object({
    custom_fields: unsettable(invoiceCustomFields()),
    description: string({ max: 1500 }),
    footer: string({ max: 5000 }),
    metadata: metadata(),
  }),
});

const customText = object({ message: required(string({ max: 1200 })) });
const never = oneOf(['auto', 'never']);

/** What `POST /v1/checkout/sessions` takes. */
export const sessionParams = {
  adaptive_pricing: object({ enabled: boolean() }),
  allow_promotion_codes: boolean(),
  allowed_payment_method_types: array(string()),
  automatic_tax: automaticTax,
  billing_address_collection: oneOf(['auto', 'required']),
  cancel_url: url(),
  client_reference_id: string({ max: 200 }),
  consent_collection: object({
    payment_method_reuse_agreement: object({ position: required(oneOf(['auto', 'hidden'])) }),
    promotions: oneOf(['auto', 'none']),
    terms_of_service: oneOf(['none', 'required']),
  }),
  currency: currency(),
  custom_text: object({
    after_submit: customText,
    shipping_address: customText,
    submit: customText,
    terms_of_service_acceptance: customText,
  }),
  customer: id(),
  customer_account: id(),
  customer_creation: oneOf(['always', 'if_required']),
  customer_email: email(),
  customer_update: object({ address: never, name: never, shipping: never }),
  discounts: array(object({ coupon: id(), promotion_code: id() }), { max: 1 }),
  excluded_payment_method_types: array(string()),
  expires_at: timestamp(),
  integration_identifier: string({ max: 200 }),
  invoice_creation: invoiceCreation,
  line_items: array(lineItem, { max: 100 }),
  locale: checkoutLocale(),
  metadata: metadata(),
  mode: oneOf(['payment', 'setup', 'subscription']),
  origin_context: oneOf(['mobile_app', 'web']),
  payment_intent_data: paymentIntentData,
  payment_method_collection: oneOf(['always', 'if_required']),
  payment_method_types: removedMethodTypes(),
  phone_number_collection: object({ enabled: required(boolean()) }),
  redirect_on_completion: oneOf(['always', 'if_required', 'never']),
  return_url: successUrl(),
  saved_payment_method_options: object({
    allow_redisplay_filters: array(oneOf(['always', 'limited', 'unspecified'])),
    payment_method_remove: oneOf(['disabled', 'enabled']),
    payment_method_save: oneOf(['disabled', 'enabled']),
  }),
  setup_intent_data: object(intentText),
  submit_type: oneOf(['auto', 'book', 'donate', 'pay', 'subscribe']),
  subscription_data: subscriptionData,
  success_url: successUrl(),
  tax_id_collection: object({
    enabled: required(boolean()),
    required: oneOf(['if_supported', 'never']),
  }),
  ui_mode: oneOf(['elements', 'embedded_page', 'form', 'hosted_page']),
};

/** A URL in which `{CHECKOUT_SESSION_ID}` stands for the session's id. */
function successUrl() {
  return refine(string({ max: 5000 }), (text, path) => {
    if (URL.canParse(text) && /^https?:/i.test(text)) return text;
    throw invalidRequest('Not a valid URL', path, 'url_invalid');
  });
}
