import {
  array,
  boolean,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  unsettable,
} from '../core/params';

const allowedUpdates = array(oneOf(['address', 'email', 'name', 'phone', 'shipping', 'tax_id']));

const cancellationOptions = array(
  oneOf([
    'customer_service',
    'low_quality',
    'missing_features',
    'other',
    'switched_service',
    'too_complex',
    'too_expensive',
    'unused',
  ]),
);

const prorations = oneOf(['always_invoice', 'create_prorations', 'none']);

const toggle = object({ enabled: required(boolean()) });

const paymentMethodUpdate = object({
  enabled: required(boolean()),
  payment_method_configuration: unsettable(id()),
});

const cancelFields = {
  mode: oneOf(['at_period_end', 'immediately']),
  proration_behavior: prorations,
};

const pause = object({
  duration: object({
    interval_options: array(
      object({
        interval: required(oneOf(['day', 'month', 'week', 'year'])),
        interval_count: integer({ min: 1 }),
      }),
    ),
    type: required(oneOf(['indefinite', 'interval_options'])),
  }),
  enabled: boolean(),
});

const updateFields = {
  billing_cycle_anchor: oneOf(['now', 'unchanged']),
  default_allowed_updates: array(oneOf(['price', 'promotion_code', 'quantity'])),
  products: array(
    object({
      adjustable_quantity: object({
        enabled: required(boolean()),
        maximum: integer({ min: 1 }),
        minimum: integer({ min: 0 }),
      }),
      prices: required(array(id())),
      product: required(id()),
    }),
  ),
  proration_behavior: prorations,
  schedule_at_period_end: object({
    conditions: array(
      object({ type: required(oneOf(['decreasing_item_amount', 'shortening_interval'])) }),
    ),
  }),
  trial_update_behavior: oneOf(['continue_trial', 'end_trial']),
};

/** The `features` of a new configuration. */
export const createFeatures = object({
  customer_update: object({ allowed_updates: allowedUpdates, enabled: required(boolean()) }),
  invoice_history: toggle,
  payment_method_update: paymentMethodUpdate,
  subscription_cancel: object({
    ...cancelFields,
    cancellation_reason: object({
      enabled: required(boolean()),
      feedback_options: array(id()),
      options: required(cancellationOptions),
    }),
    enabled: required(boolean()),
  }),
  subscription_pause: pause,
  subscription_update: object({ ...updateFields, enabled: required(boolean()) }),
});

const changeFields = {
  customer_update: object({ allowed_updates: allowedUpdates, enabled: boolean() }),
  invoice_history: toggle,
  payment_method_update: paymentMethodUpdate,
  subscription_cancel: object({
    ...cancelFields,
    cancellation_reason: object({
      enabled: required(boolean()),
      feedback_options: array(id()),
      options: cancellationOptions,
    }),
    enabled: boolean(),
  }),
  subscription_pause: pause,
  subscription_update: object({ ...updateFields, enabled: boolean() }),
};

/** The `features` of an update, where everything is optional. */
export const updateFeatures = object(changeFields);

export type FeatureChanges = FieldOutputs<typeof changeFields>;
