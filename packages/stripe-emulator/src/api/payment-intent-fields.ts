import { metadata } from '../core/metadata';
import {
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
import { paymentMethodFields } from './create-payment-method';
import { currency, email, shippingParam, statementDescriptor, url } from './fields';
import { allowedMethodTypes, excludedMethodTypes } from './method-types';
import { removedMethodTypes } from './removed-method-types';

/** How a customer agreed to later payments; cards need no mandate, so nothing follows from it. */
export const mandateData = object({
  customer_acceptance: required(
    object({
      accepted_at: timestamp(),
      offline: object({}),
      online: object({ ip_address: string(), user_agent: string() }),
      type: required(oneOf(['offline', 'online'])),
    }),
  ),
});

const methodOptions = object({
  card: object({
    capture_method: oneOf(['manual']),
    network: oneOf([
      'amex',
      'cartes_bancaires',
      'diners',
      'discover',
      'eftpos_au',
      'girocard',
      'interac',
      'jcb',
      'link',
      'mastercard',
      'unionpay',
      'unknown',
      'visa',
    ]),
    request_extended_authorization: oneOf(['if_available', 'never']),
    request_incremental_authorization: oneOf(['if_available', 'never']),
    request_multicapture: oneOf(['if_available', 'never']),
    request_overcapture: oneOf(['if_available', 'never']),
    request_three_d_secure: oneOf(['any', 'automatic', 'challenge']),
    require_cvc_recollection: boolean(),
  }),
});

/** What can be said at any time before a payment is made. */
const changeable = {
  allowed_payment_method_types: unsettable(allowedMethodTypes()),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']),
  excluded_payment_method_types: unsettable(excludedMethodTypes()),
  payment_method: id(),
  payment_method_data: object(paymentMethodFields),
  payment_method_options: methodOptions,
  payment_method_types: removedMethodTypes(),
  receipt_email: unsettable(email()),
  setup_future_usage: unsettable(oneOf(['off_session', 'on_session'])),
  shipping: unsettable(shippingParam()),
};

const described = {
  customer: id(),
  customer_account: id(),
  description: string({ max: 1000 }),
  metadata: metadata(),
  statement_descriptor: statementDescriptor(),
  statement_descriptor_suffix: statementDescriptor(),
  transfer_group: string(),
};

/** What `POST /v1/payment_intents/:id` takes. */
export const updateFields = {
  ...changeable,
  ...described,
  amount: integer({ min: 1 }),
  currency: currency(),
};

const confirming = {
  error_on_requires_action: boolean(),
  mandate_data: unsettable(mandateData),
  off_session: either(boolean(), oneOf(['one_off', 'recurring'])),
  return_url: url(),
  use_stripe_sdk: boolean(),
};

/** What confirming takes. */
export const confirmFields = { ...changeable, ...confirming };

/** What `POST /v1/payment_intents` takes. */
export const createFields = {
  ...changeable,
  ...described,
  ...confirming,
  amount: required(integer({ min: 1 })),
  automatic_payment_methods: object({
    allow_redirects: oneOf(['always', 'never']),
    enabled: required(boolean()),
  }),
  confirm: boolean(),
  confirmation_method: oneOf(['automatic', 'manual']),
  currency: required(currency()),
  on_behalf_of: id(),
};

/** What `POST /v1/payment_intents/:id/capture` takes. */
export const captureFields = {
  amount_to_capture: integer({ min: 1 }),
  metadata: metadata(),
  statement_descriptor: statementDescriptor(),
  statement_descriptor_suffix: statementDescriptor(),
};
