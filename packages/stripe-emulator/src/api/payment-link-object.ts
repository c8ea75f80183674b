import type { Context } from '../core/context';
import { mergeMetadata } from '../core/metadata';
import { type FieldOutputs, missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import { paymentLinkUrl } from '../engine/hosted-links';
import type { createFields, updateFields } from './payment-link-params';

type Link = Stored<'payment_link'>;
type Session = Stored<'checkout.session'>;

/** What a request says of a link, apart from its lines. */
export type LinkInput = Omit<FieldOutputs<typeof updateFields>, 'active' | 'line_items'> &
  Pick<FieldOutputs<typeof createFields>, 'currency' | 'payment_intent_data' | 'subscription_data'>;

/** A line whose amounts are not worked out yet. */
export const LINE = {
  object: 'item' as const,
  amount_discount: 0,
  amount_subtotal: 0,
  amount_tax: 0,
  amount_total: 0,
  currency: '',
  description: null,
  metadata: {},
};

/** A link of which only what it is by itself is known. */
export function newPaymentLink(ctx: Context, id: string, given: LinkInput): Link {
  const link: Link = {
    id,
    object: 'payment_link',
    active: true,
    after_completion: {
      hosted_confirmation: { custom_message: null },
      type: 'hosted_confirmation',
    },
    allow_promotion_codes: false,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: 'auto',
    consent_collection: null,
    currency: '',
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer_creation: 'if_required',
    inactive_message: null,
    invoice_creation: null,
    livemode: ctx.livemode,
    managed_payments: { enabled: false },
    metadata: mergeMetadata({}, given.metadata),
    on_behalf_of: null,
    payment_intent_data: null,
    payment_method_collection: 'always',
    payment_method_options: null,
    payment_method_types: null,
    phone_number_collection: { enabled: false },
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: [],
    submit_type: 'auto',
    subscription_data: null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: null,
    url: paymentLinkUrl(ctx, id),
  };
  return { ...link, ...ownOf(link, given) };
}

/** The fields that a link has by itself. @throws StripeError for a redirect that leads nowhere */
export function ownOf(former: Link, given: LinkInput): Partial<Link> {
  const { after_completion: after, inactive_message: message, restrictions } = given;
  if (after?.type === 'redirect' && !after.redirect) {
    throw missingParam('after_completion[redirect]');
  }
  const count = former.restrictions?.completed_sessions.count ?? 0;
  return {
    ...(after && {
      after_completion:
        after.type === 'redirect'
          ? { redirect: after.redirect, type: after.type }
          : {
              hosted_confirmation: {
                custom_message: after.hosted_confirmation?.custom_message ?? null,
              },
              type: after.type,
            },
    }),
    ...(message !== undefined && { inactive_message: message }),
    ...(restrictions !== undefined && {
      restrictions: restrictions && {
        completed_sessions: { count, limit: restrictions.completed_sessions.limit },
      },
    }),
  };
}

/** The fields that say what the link's sessions are like, as a session shows them. */
export function shownOf(session: Session, given: LinkInput, former?: Link): Partial<Link> {
  const subscription = { ...former?.subscription_data, ...given.subscription_data };
  const payment = { ...former?.payment_intent_data, ...given.payment_intent_data };
  return {
    allow_promotion_codes: session.allow_promotion_codes ?? false,
    automatic_tax: {
      enabled: session.automatic_tax.enabled,
      liability: session.automatic_tax.liability,
    },
    billing_address_collection: session.billing_address_collection ?? 'auto',
    consent_collection: session.consent_collection,
    currency: session.currency ?? 'usd',
    custom_text: session.custom_text,
    customer_creation: session.customer_creation ?? 'if_required',
    invoice_creation: session.invoice_creation,
    payment_intent_data:
      session.mode === 'payment' && (given.payment_intent_data || former?.payment_intent_data)
        ? {
            capture_method: payment.capture_method ?? null,
            description: payment.description ?? null,
            metadata: mergeMetadata({}, payment.metadata),
            setup_future_usage: payment.setup_future_usage ?? null,
            statement_descriptor: payment.statement_descriptor ?? null,
            statement_descriptor_suffix: payment.statement_descriptor_suffix ?? null,
            transfer_group: null,
          }
        : null,
    payment_method_collection: session.payment_method_collection ?? 'always',
    phone_number_collection: session.phone_number_collection ?? { enabled: false },
    submit_type: session.submit_type ?? 'auto',
    subscription_data:
      session.mode === 'subscription'
        ? {
            description: subscription.description ?? null,
            invoice_settings: {
              account_tax_ids: null,
              custom_fields: null,
              description: subscription.invoice_settings?.description ?? null,
              footer: subscription.invoice_settings?.footer ?? null,
              issuer: { type: 'self' },
            },
            metadata: mergeMetadata({}, subscription.metadata),
            trial_period_days: subscription.trial_period_days ?? null,
            trial_settings: trialOf(subscription.trial_settings),
          }
        : null,
    tax_id_collection: session.tax_id_collection ?? { enabled: false, required: 'never' },
  };
}

function trialOf(
  given: NonNullable<LinkInput['subscription_data']>['trial_settings'] | null,
): NonNullable<Link['subscription_data']>['trial_settings'] {
  const missing = given?.end_behavior.missing_payment_method;
  return missing ? { end_behavior: { missing_payment_method: missing } } : null;
}
