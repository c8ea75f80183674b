import type { CheckoutDetails } from '../core/checkout-details';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { exclusive, type FieldOutputs } from '../core/params';
import type { CheckoutSession } from '../engine/objects';
import { taxRatesOf } from '../engine/tax-rates';
import type { sessionParams } from './checkout-session-params';

type Params = FieldOutputs<typeof sessionParams>;

const TWO_DAYS = 48 * 3600;

/** What a session's subscription will be told. @throws StripeError for a trial that is too short */
export function subscriptionOf(ctx: Context, params: Params): CheckoutDetails['subscription'] {
  const data = params.subscription_data ?? {};
  exclusive(data, 'trial_end', 'trial_period_days');
  if (data.trial_end !== undefined && data.trial_end < ctx.now + TWO_DAYS) {
    throw invalidRequest(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  }
  const { default_tax_rates: rates } = data;
  taxRatesOf(ctx, rates, 'subscription_data[default_tax_rates]');
  return { ...data, metadata: mergeMetadata({}, data.metadata) };
}

/** What a session's payment, and the invoice about it, will be told. @throws StripeError */
export function paymentOf(params: Params): Pick<CheckoutDetails, 'invoice' | 'payment'> {
  const told = params.payment_intent_data ?? {};
  const { enabled = false, invoice_data: invoice = {} } = params.invoice_creation ?? {};
  if (enabled && told.capture_method === 'manual') {
    throw invalidRequest(
      'You cannot create an invoice for a payment that is captured manually.',
      'invoice_creation[enabled]',
    );
  }
  return {
    payment: { ...told, metadata: mergeMetadata({}, told.metadata) },
    ...(enabled && {
      invoice: {
        custom_fields: invoice.custom_fields ?? null,
        description: invoice.description ?? null,
        footer: invoice.footer ?? null,
        metadata: mergeMetadata({}, invoice.metadata),
      },
    }),
  };
}

/** How a session shows what it was asked about an invoice; only payments may have one or not. */
export function invoiceCreationOf(params: Params): CheckoutSession['invoice_creation'] {
  if (params.mode !== 'payment') return null;
  const { invoice } = paymentOf(params);
  return {
    enabled: invoice !== undefined,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: invoice?.custom_fields ?? null,
      description: invoice?.description ?? null,
      footer: invoice?.footer ?? null,
      issuer: null,
      metadata: invoice?.metadata ?? {},
      rendering_options: null,
    },
  };
}

/** Whether somebody who is no customer yet becomes one: always where something is to stay with them. */
export function customerCreationOf(params: Params): CheckoutSession['customer_creation'] {
  const stays =
    params.mode === 'subscription' ||
    params.invoice_creation?.enabled ||
    params.payment_intent_data?.setup_future_usage;
  return stays ? 'always' : (params.customer_creation ?? 'if_required');
}
