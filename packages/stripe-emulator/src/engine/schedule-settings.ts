import type { Context } from '../core/context';
import { defaultMethodOf } from './attach-payment-method';
import type { Customer, Subscription, SubscriptionSchedule } from './objects';
import type { Phase } from './schedule-phase-object';
import { automaticTax } from './subscription-fields';

/** What a request says of the invoices of a schedule or of one of its phases. */
export interface ScheduleInvoiceSettings {
  custom_fields?: { name: string; value: string }[] | null;
  days_until_due?: number;
  description?: string | null;
  footer?: string | null;
}

/** What a request says that holds for every phase which does not say otherwise. */
export interface DefaultSettingsInput {
  automatic_tax?: { enabled: boolean };
  billing_cycle_anchor?: 'automatic' | 'phase_start';
  collection_method?: 'charge_automatically' | 'send_invoice';
  default_payment_method?: string;
  description?: string | null;
  invoice_settings?: ScheduleInvoiceSettings;
  on_behalf_of?: string | null;
}

type DefaultSettings = SubscriptionSchedule['default_settings'];

/** The settings a schedule begins with: the subscription's, if it has one already. */
export function newDefaultSettings(subscription: Subscription | undefined): DefaultSettings {
  return {
    application_fee_percent: null,
    automatic_tax: subscription?.automatic_tax ?? {
      disabled_reason: null,
      enabled: false,
      liability: null,
    },
    billing_cycle_anchor: 'automatic',
    billing_thresholds: null,
    collection_method: subscription?.collection_method ?? 'charge_automatically',
    default_payment_method: subscription?.default_payment_method ?? null,
    description: subscription?.description ?? null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      days_until_due: subscription?.days_until_due ?? null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    on_behalf_of: subscription?.on_behalf_of ?? null,
    transfer_data: null,
  };
}

/** A schedule's settings after a request's changes to them. @throws StripeError */
export function changedSettings(
  ctx: Context,
  former: DefaultSettings,
  customer: Customer,
  input: DefaultSettingsInput = {},
): DefaultSettings {
  const { automatic_tax, invoice_settings, ...plain } = input;
  return {
    ...former,
    ...plain,
    ...(automatic_tax && { automatic_tax: automaticTax(input) }),
    ...(input.default_payment_method !== undefined && {
      default_payment_method: defaultMethodOf(ctx, customer, input),
    }),
    invoice_settings: { ...former.invoice_settings, ...shown(invoice_settings) },
  };
}

/** A phase's own settings for its invoices, as they are stored. */
export function phaseInvoiceSettings(
  input: ScheduleInvoiceSettings | undefined,
): Phase['invoice_settings'] {
  if (!input) return null;
  return {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: null,
    ...shown(input),
  };
}

/** What a phase makes of the subscription's settings: its own first, then the schedule's. */
export function settingsIn({ default_settings: common }: SubscriptionSchedule, phase: Phase) {
  const method = phase.collection_method ?? common.collection_method ?? 'charge_automatically';
  const days = phase.invoice_settings?.days_until_due ?? common.invoice_settings.days_until_due;
  const isAutomatic = phase.automatic_tax?.enabled ?? common.automatic_tax?.enabled;
  return {
    ...(isAutomatic !== undefined && { automatic_tax: { enabled: isAutomatic } }),
    default_tax_rates: (phase.default_tax_rates ?? []).map(({ id }) => id),
    collection_method: method === 'send_invoice' ? method : ('charge_automatically' as const),
    ...(method === 'send_invoice' && { days_until_due: days ?? 30 }),
    default_payment_method:
      phase.default_payment_method ?? common.default_payment_method ?? undefined,
    description: phase.description ?? common.description,
  };
}

function shown(input: ScheduleInvoiceSettings = {}) {
  const { custom_fields, days_until_due, description, footer } = input;
  return {
    ...(custom_fields !== undefined && { custom_fields }),
    ...(days_until_due !== undefined && { days_until_due }),
    ...(description !== undefined && { description }),
    ...(footer !== undefined && { footer }),
  };
}
