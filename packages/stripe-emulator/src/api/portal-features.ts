import { invalidRequest } from '../core/errors';
import { missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import type { FeatureChanges } from './portal-feature-params';

type Features = Stored<'billing_portal.configuration'>['features'];

/** A configuration before anything is said of its features: all off, with Stripe's defaults. */
export const NO_FEATURES: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: {
      enabled: false,
      feedback_options: null,
      options: ['too_expensive', 'missing_features', 'switched_service', 'unused', 'other'],
    },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: {
    duration: {
      interval_options: [{ interval: 'month', interval_count: 1 }],
      type: 'interval_options',
    },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: 'unchanged',
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

/** The features after a change: what is given replaces what was, field by field, arrays whole. */
export function mergeFeatures(current: Features, change: FeatureChanges): Features {
  const { subscription_cancel: cancel, subscription_pause, subscription_update } = change;
  const { payment_method_update: methods } = change;
  const features: Features = {
    customer_update: { ...current.customer_update, ...change.customer_update },
    invoice_history: { ...current.invoice_history, ...change.invoice_history },
    payment_method_update: {
      ...current.payment_method_update,
      ...methods,
      payment_method_configuration:
        methods?.payment_method_configuration === undefined
          ? current.payment_method_update.payment_method_configuration
          : methods.payment_method_configuration,
    },
    subscription_cancel: {
      ...current.subscription_cancel,
      ...cancel,
      cancellation_reason: {
        ...current.subscription_cancel.cancellation_reason,
        ...cancel?.cancellation_reason,
      },
    },
    subscription_pause: mergePause(current.subscription_pause, subscription_pause),
    subscription_update: mergeUpdate(current.subscription_update, subscription_update),
  };
  checkFeatures(features, change);
  return features;
}

function mergePause(
  current: Features['subscription_pause'],
  change: FeatureChanges['subscription_pause'],
): Features['subscription_pause'] {
  const { duration, enabled = current.enabled } = change ?? {};
  if (!duration) return { ...current, enabled };
  const options = (duration.interval_options ?? []).map((option) => ({
    interval: option.interval,
    interval_count: option.interval_count ?? 1,
  }));
  return { enabled, duration: { type: duration.type, interval_options: options } };
}

function mergeUpdate(
  current: Features['subscription_update'],
  change: FeatureChanges['subscription_update'],
): Features['subscription_update'] {
  const { products, schedule_at_period_end: schedule, ...plain } = change ?? {};
  return {
    ...current,
    ...plain,
    schedule_at_period_end: {
      conditions: schedule?.conditions ?? current.schedule_at_period_end.conditions,
    },
    products:
      products?.map(({ adjustable_quantity: quantity, prices, product }) => ({
        adjustable_quantity: {
          enabled: quantity?.enabled ?? false,
          maximum: quantity?.maximum ?? null,
          minimum: quantity?.minimum ?? 1,
        },
        prices,
        product,
      })) ?? current.products,
  };
}

const DAYS = { day: 1, week: 7, month: 30, year: 365 };
const LONGEST_PAUSE_DAYS = 3 * 365;

/** What the fields of the features say about one another. */
function checkFeatures(features: Features, change: FeatureChanges): void {
  const { subscription_cancel: cancel, subscription_update: update } = features;
  const inCancel = 'features[subscription_cancel]';
  if (change.subscription_cancel?.proration_behavior === 'always_invoice') {
    throw invalidRequest(
      `Invalid ${inCancel}[proration_behavior]: must be one of create_prorations or none`,
      `${inCancel}[proration_behavior]`,
    );
  }
  if (cancel.mode === 'at_period_end' && cancel.proration_behavior !== 'none') {
    throw invalidRequest(
      'Prorations can only be created when subscriptions are canceled immediately.',
      `${inCancel}[proration_behavior]`,
    );
  }
  if (cancel.cancellation_reason.enabled && cancel.cancellation_reason.options.length === 0) {
    throw missingParam(`${inCancel}[cancellation_reason][options]`);
  }
  checkPause(change.subscription_pause?.duration);
  const inUpdate = 'features[subscription_update]';
  if (update.enabled && !update.products?.length) throw missingParam(`${inUpdate}[products]`);
  if (update.enabled && update.default_allowed_updates.length === 0) {
    throw missingParam(`${inUpdate}[default_allowed_updates]`);
  }
}

function checkPause(duration: NonNullable<FeatureChanges['subscription_pause']>['duration']): void {
  if (!duration) return;
  const path = 'features[subscription_pause][duration][interval_options]';
  const options = duration.interval_options ?? [];
  if (duration.type === 'indefinite' && options.length > 0) {
    throw invalidRequest('An indefinite pause has no `interval_options`.', path);
  }
  if (duration.type === 'interval_options' && options.length === 0) throw missingParam(path);
  for (const [at, { interval, interval_count: count = 1 }] of options.entries()) {
    if (DAYS[interval] * count <= LONGEST_PAUSE_DAYS) continue;
    throw invalidRequest(
      'A subscription can be paused for three years at most.',
      `${path}[${at}][interval_count]`,
    );
  }
}
