import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { exclusive, type FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { quoteCart } from '../engine/checkout-quote';
import { newCheckoutSession } from '../engine/checkout-session';
import { sessionTax, type TaxBasis } from '../engine/checkout-tax';
import { refuseOtherCurrency } from '../engine/currency-lock';
import { createSetupIntent } from '../engine/setup-intent-object';
import { taxLocation } from '../engine/tax-location';
import { refuseBothTaxes } from '../engine/tax-rates';
import { newCart } from './checkout-line-items';
import { refuseContradictions } from './checkout-session-checks';
import {
  customerCreationOf,
  invoiceCreationOf,
  paymentOf,
  subscriptionOf,
} from './checkout-session-data';
import type { sessionParams } from './checkout-session-params';
import { customerAccountOf } from './customer-account';

type Params = FieldOutputs<typeof sessionParams>;

const HOUR = 3600;

/**
 * Opens a Checkout session.
 * @param link the payment link that leads to it
 * @throws StripeError for what makes no sense
 */
export function createCheckoutSession(
  ctx: Context,
  params: Params,
  link: string | null = null,
): Stored<'checkout.session'> {
  refuseContradictions(params, link !== null);
  const customer = customerAccountOf(ctx, params);
  const cart = newCart(ctx, params);
  const { mode = 'subscription' } = params;
  const currency = params.currency ?? cart?.[0]?.price.currency ?? 'usd';
  if (customer && mode === 'subscription') {
    refuseOtherCurrency(ctx, customer, currency, 'customer');
  }
  const subscription = subscriptionOf(ctx, params);
  const isTrial = Boolean(subscription.trial_end ?? subscription.trial_period_days);
  const discounts = discountsOf(ctx, params);
  const coupons = discounts.map(({ coupon }) => ({
    discount: 'di_preview',
    coupon: ctx.get('coupon', coupon ?? ''),
  }));
  const basis = taxBasisOf(params, customer, subscription.default_tax_rates);
  refuseBothTaxes(basis.isAutomatic, {
    'line_items[0][tax_rates]': cart?.flatMap(({ taxRates }) => taxRates),
    'subscription_data[default_tax_rates]': basis.defaultRates,
  });
  const quote = cart && quoteCart(ctx, cart, { basis, coupons, currency, isTrial });
  const session = newCheckoutSession(ctx, {
    id: newId(`cs_${ctx.mode}`, 58),
    currency,
    customer,
    quote,
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    automatic_tax: sessionTax(basis),
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    consent_collection: params.consent_collection
      ? {
          payment_method_reuse_agreement:
            params.consent_collection.payment_method_reuse_agreement ?? null,
          promotions: params.consent_collection.promotions ?? null,
          terms_of_service: params.consent_collection.terms_of_service ?? null,
        }
      : null,
    custom_fields: [],
    custom_text: {
      after_submit: params.custom_text?.after_submit ?? null,
      shipping_address: params.custom_text?.shipping_address ?? null,
      submit: params.custom_text?.submit ?? null,
      terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
    },
    customer_creation: customer ? null : customerCreationOf(params),
    customer_email: params.customer_email ?? null,
    discounts,
    excluded_payment_method_types: params.excluded_payment_method_types,
    expires_at: expiry(ctx, params.expires_at),
    integration_identifier: params.integration_identifier ?? null,
    invoice_creation: invoiceCreationOf(params),
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode,
    origin_context: params.origin_context ?? null,
    payment_link: link,
    payment_method_collection:
      mode === 'payment' ? 'if_required' : (params.payment_method_collection ?? 'always'),
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    saved_payment_method_options: {
      allow_redisplay_filters: params.saved_payment_method_options?.allow_redisplay_filters ?? [
        'always',
      ],
      payment_method_remove:
        params.saved_payment_method_options?.payment_method_remove ?? 'disabled',
      payment_method_save: params.saved_payment_method_options?.payment_method_save ?? null,
    },
    setup_intent: mode === 'setup' ? setupIntentFor(ctx, customer, params).id : null,
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    tax_id_collection: {
      enabled: params.tax_id_collection?.enabled ?? false,
      required: params.tax_id_collection?.required ?? 'never',
    },
    ui_mode: 'hosted_page',
  });
  ctx.world._checkout.put({
    id: session.id,
    lineItems: quote?.lineItems ?? [],
    taxRates: Object.fromEntries((cart ?? []).map(({ id, taxRates }) => [id, taxRates])),
    subscription,
    ...(mode === 'payment' && paymentOf(params)),
    customerUpdate: params.customer_update ?? {},
  });
  ctx.schedule('checkout.session.expire', session.id, session.expires_at);
  return ctx.insert('checkout.session', session);
}

/** By what the session is taxed, as far as it is known before anything is filled in. @throws StripeError */
function taxBasisOf(
  params: Params,
  customer: Stored<'customer'> | undefined,
  defaultRates: string[] = [],
): TaxBasis {
  const isAutomatic = params.automatic_tax?.enabled ?? false;
  const { address, shipping } = params.customer_update ?? {};
  const isAsked = !customer || address === 'auto' || shipping === 'auto';
  if (isAutomatic && !isAsked && !taxLocation(customer)) {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      undefined,
      'customer_tax_location_invalid',
    );
  }
  const payer = customer ?? { address: null, shipping: null };
  return { isAutomatic, defaultRates, payer };
}

function discountsOf(ctx: Context, params: Params) {
  return (params.discounts ?? []).map((choice, index) => {
    exclusive(choice, 'coupon', 'promotion_code');
    if (choice.promotion_code !== undefined) {
      const path = `discounts[${index}][promotion_code]`;
      const code = ctx.get('promotion_code', choice.promotion_code, path);
      return { coupon: code.promotion.coupon, promotion_code: code.id };
    }
    const path = `discounts[${index}][coupon]`;
    return { coupon: ctx.get('coupon', choice.coupon ?? '', path).id, promotion_code: null };
  });
}

function setupIntentFor(ctx: Context, customer: Stored<'customer'> | undefined, params: Params) {
  const { metadata, ...told } = params.setup_intent_data ?? {};
  return createSetupIntent(ctx.onClockOf(customer), {
    ...told,
    customer,
    metadata: mergeMetadata({}, metadata),
    method: undefined,
  });
}

function expiry(ctx: Context, asked: number | undefined): number {
  const at = asked ?? ctx.now + 24 * HOUR;
  if (at < ctx.now + HOUR / 2) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  }
  if (at > ctx.now + 24 * HOUR) {
    throw invalidRequest(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  }
  return at;
}
