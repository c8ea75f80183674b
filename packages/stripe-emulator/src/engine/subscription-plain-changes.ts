import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { defaultMethodOf } from './attach-payment-method';
import { redeemDiscounts } from './discounts';
import type { Customer, Subscription } from './objects';
import { isNew } from './payer';
import { automaticTax, thresholdsOf } from './subscription-fields';
import type { SubscriptionUpdateInput } from './subscription-update-input';
import { taxRatesOf } from './tax-rates';

/** A request's changes to fields that stand on their own. @throws StripeError */
export function plainChanges(
  ctx: Context,
  former: Subscription,
  customer: Customer,
  input: SubscriptionUpdateInput,
): Partial<Subscription> {
  if (input.on_behalf_of) ctx.get('account', input.on_behalf_of, 'on_behalf_of');
  refuseDueDays(former, input);
  const changes: Partial<Subscription> = {};
  if (input.default_payment_method !== undefined) {
    changes.default_payment_method = defaultMethodOf(ctx, customer, input);
  }
  if (input.automatic_tax) changes.automatic_tax = automaticTax(input);
  if (input.default_tax_rates !== undefined) {
    changes.default_tax_rates = taxRatesOf(ctx, input.default_tax_rates, 'default_tax_rates');
  }
  if (input.billing_thresholds !== undefined) changes.billing_thresholds = thresholdsOf(input);
  if (input.description !== undefined) changes.description = input.description;
  if (input.metadata !== undefined) {
    changes.metadata = mergeMetadata(former.metadata, input.metadata);
  }
  if (input.on_behalf_of !== undefined) changes.on_behalf_of = input.on_behalf_of;
  if (input.collection_method) changes.collection_method = input.collection_method;
  if (input.collection_method === 'charge_automatically') changes.days_until_due = null;
  if (input.days_until_due !== undefined) changes.days_until_due = input.days_until_due;
  if (input.discounts !== undefined) {
    changes.discounts = redeemDiscounts(ctx, input.discounts ?? [], {
      customer,
      subscription: former.id,
      isFirstPurchase: isNew(ctx, customer),
      currency: former.currency,
    });
  }
  return { ...changes, ...settingsChanges(former, input), ...detailChanges(former, input) };
}

function settingsChanges(
  former: Subscription,
  input: SubscriptionUpdateInput,
): Partial<Subscription> {
  const changes: Partial<Subscription> = {};
  const { payment_method_types: types, save_default_payment_method: saves } =
    input.payment_settings ?? {};
  if (former.payment_settings) {
    changes.payment_settings = {
      ...former.payment_settings,
      ...(types !== undefined && { payment_method_types: types }),
      ...(saves !== undefined && { save_default_payment_method: saves }),
    };
  }
  if (input.invoice_settings) {
    const { description, footer } = input.invoice_settings;
    changes.invoice_settings = {
      ...former.invoice_settings,
      ...(description === undefined ? {} : { description }),
      ...(footer === undefined ? {} : { footer }),
    };
  }
  if (input.pause_collection !== undefined) {
    changes.pause_collection = input.pause_collection && {
      behavior: input.pause_collection.behavior,
      resumes_at: input.pause_collection.resumes_at ?? null,
    };
  }
  const end = input.trial_settings?.end_behavior;
  if (end) {
    changes.trial_settings = {
      end_behavior: {
        billing_cycle_anchor: end.billing_cycle_anchor ?? null,
        missing_payment_method: end.missing_payment_method ?? 'create_invoice',
      },
    };
  }
  return changes;
}

function detailChanges(
  former: Subscription,
  input: SubscriptionUpdateInput,
): Partial<Subscription> {
  const given = input.cancellation_details;
  if (!given) return {};
  const details = former.cancellation_details;
  return {
    cancellation_details: {
      comment: given.comment === undefined ? (details?.comment ?? null) : given.comment,
      feedback: given.feedback === undefined ? (details?.feedback ?? null) : given.feedback,
      feedback_option: given.feedback_option ?? details?.feedback_option ?? null,
      reason: details?.reason ?? null,
    },
  };
}

function refuseDueDays(former: Subscription, input: SubscriptionUpdateInput): void {
  const method = input.collection_method ?? former.collection_method;
  if (input.days_until_due !== undefined && method !== 'send_invoice') {
    throw invalidRequest(
      'You can only specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
    );
  }
  const days = input.days_until_due ?? former.days_until_due;
  if (input.collection_method === 'send_invoice' && days === null) {
    throw invalidRequest(
      'You must specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
      'parameter_missing',
    );
  }
}
