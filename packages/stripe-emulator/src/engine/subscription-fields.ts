import { mergeMetadata } from '../core/metadata';
import type { Subscription } from './objects';
import type { SubscriptionInput } from './subscription-input';

/** The fields of a new subscription that follow from its parameters alone. */
export function plainFields(input: SubscriptionInput) {
  const end = input.trial_settings?.end_behavior;
  return {
    automatic_tax: automaticTax(input),
    billing_mode: billingModeOf(input),
    billing_thresholds: thresholdsOf(input),
    billing_cycle_anchor_config: anchorConfig(input),
    collection_method: input.collection_method ?? ('charge_automatically' as const),
    days_until_due: sendsInvoices(input) ? (input.days_until_due ?? null) : null,
    default_payment_method: input.default_payment_method ?? null,
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    on_behalf_of: input.on_behalf_of ?? null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: input.payment_settings?.payment_method_types ?? null,
      save_default_payment_method: input.payment_settings?.save_default_payment_method ?? 'off',
    },
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: input.invoice_settings?.description ?? null,
      footer: input.invoice_settings?.footer ?? null,
      issuer: { type: 'self' as const },
    },
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: end?.billing_cycle_anchor ?? null,
        missing_payment_method: end?.missing_payment_method ?? ('create_invoice' as const),
      },
    },
  };
}

export function sendsInvoices(input: SubscriptionInput): boolean {
  return input.collection_method === 'send_invoice';
}

/** No tax is calculated; what was asked for is shown. */
export function automaticTax(input: Pick<SubscriptionInput, 'automatic_tax'>) {
  const enabled = input.automatic_tax?.enabled ?? false;
  return { disabled_reason: null, enabled, liability: enabled ? { type: 'self' as const } : null };
}

/** At what amount of usage it is billed before its period is over, if at all. */
export function thresholdsOf({
  billing_thresholds: given,
}: Pick<SubscriptionInput, 'billing_thresholds'>): Subscription['billing_thresholds'] {
  if (!given) return null;
  const { amount_gte = null, reset_billing_cycle_anchor = false } = given;
  return { amount_gte, reset_billing_cycle_anchor };
}

/** Flexible unless classic is asked for. */
export function billingModeOf(
  input: Pick<SubscriptionInput, 'billing_mode'>,
): Subscription['billing_mode'] {
  if (input.billing_mode?.type === 'classic') return { flexible: null, type: 'classic' };
  const shown = input.billing_mode?.flexible?.proration_discounts ?? 'included';
  return { flexible: { proration_discounts: shown }, type: 'flexible' };
}

function anchorConfig(input: SubscriptionInput): Subscription['billing_cycle_anchor_config'] {
  const config = input.billing_cycle_anchor_config;
  if (!config) return null;
  return {
    day_of_month: config.day_of_month,
    hour: config.hour ?? null,
    minute: config.minute ?? null,
    month: config.month ?? null,
    second: config.second ?? null,
  };
}
