import {
  array,
  boolean,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import { sessionParams } from './checkout-session-params';
import { url } from './fields';

const {
  allow_promotion_codes,
  automatic_tax,
  billing_address_collection,
  consent_collection,
  currency,
  custom_text,
  customer_creation,
  invoice_creation,
  metadata,
  payment_method_collection,
  phone_number_collection,
  submit_type,
  tax_id_collection,
} = sessionParams;

/** What a link has in common with the sessions it opens, and can be changed. */
const shared = {
  allow_promotion_codes,
  automatic_tax,
  billing_address_collection,
  consent_collection,
  custom_text,
  customer_creation,
  invoice_creation,
  metadata,
  payment_method_collection,
  phone_number_collection,
  submit_type,
  tax_id_collection,
};

const {
  description,
  metadata: paymentMetadata,
  ...payment
} = sessionParams.payment_intent_data.fields;
const changeablePayment = {
  description,
  metadata: paymentMetadata,
  setup_future_usage: payment.setup_future_usage,
  statement_descriptor: payment.statement_descriptor,
  statement_descriptor_suffix: payment.statement_descriptor_suffix,
};

const subscription = sessionParams.subscription_data.fields;
const changeableSubscription = {
  invoice_settings: subscription.invoice_settings,
  metadata: subscription.metadata,
  trial_period_days: subscription.trial_period_days,
  trial_settings: subscription.trial_settings,
};

const adjustable_quantity = object({
  enabled: required(boolean()),
  maximum: integer({ min: 2, max: 999_999 }),
  minimum: integer({ min: 0 }),
});

const ownFields = {
  after_completion: object({
    hosted_confirmation: object({ custom_message: string({ max: 500 }) }),
    redirect: object({ url: required(url()) }),
    type: required(oneOf(['hosted_confirmation', 'redirect'])),
  }),
  inactive_message: unsettable(string({ max: 500 })),
  restrictions: unsettable(
    object({ completed_sessions: required(object({ limit: required(integer({ min: 1 })) })) }),
  ),
};

/** What `POST /v1/payment_links` takes. */
export const createFields = {
  ...shared,
  ...ownFields,
  currency,
  line_items: required(
    array(
      object({
        adjustable_quantity,
        price: required(id()),
        quantity: required(integer({ min: 1, max: 999_999 })),
      }),
      { max: 20 },
    ),
  ),
  payment_intent_data: object({ ...changeablePayment, capture_method: payment.capture_method }),
  subscription_data: object({
    ...changeableSubscription,
    description: subscription.description,
  }),
};

/** What `POST /v1/payment_links/:id` takes. */
export const updateFields = {
  ...shared,
  ...ownFields,
  active: boolean(),
  line_items: array(
    object({
      adjustable_quantity,
      id: required(id()),
      quantity: integer({ min: 1, max: 999_999 }),
    }),
    { max: 20 },
  ),
  payment_intent_data: object(changeablePayment),
  subscription_data: object(changeableSubscription),
};
