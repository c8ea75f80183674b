import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata } from '../core/metadata';
import {
  exclusive,
  type FieldOutputs,
  id,
  missingParam,
  object,
  oneOf,
  required,
  string,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { expireCheckoutSession } from '../engine/checkout';
import type { CheckoutDetails } from '../engine/checkout-details';
import { type CartItem, quoteCart } from '../engine/checkout-quote';
import { newCheckoutSession } from '../engine/checkout-session';
import { refuseOtherCurrency } from '../engine/currency-lock';
import { createInlinePrice } from '../engine/inline-price';
import { priceIn } from '../engine/recurring-price';
import { sessionParams } from './checkout-session-params';
import { customerAccountOf } from './customer-account';

type Params = FieldOutputs<typeof sessionParams>;

const HOUR = 3600;

export const checkoutSessions: Resource = {
  routes: [
    route(
      'POST /v1/checkout/sessions',
      { right: 'checkout_session', params: sessionParams },
      create,
    ),
    route(
      'GET /v1/checkout/sessions',
      {
        right: 'checkout_session',
        params: {
          ...paging,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          customer_details: object({ email: required(string({ max: 800 })) }),
          payment_intent: id(),
          payment_link: id(),
          status: oneOf(['complete', 'expired', 'open']),
          subscription: id(),
        },
      },
      (ctx, params) =>
        ctx.list('checkout.session', params, '/v1/checkout/sessions', {
          by: params.subscription
            ? ['subscription', params.subscription]
            : ['customer', params.customer],
          where: (session) =>
            isWithin(session.created, params.created) &&
            (params.customer ?? session.customer) === session.customer &&
            (params.customer_account ?? session.customer_account) === session.customer_account &&
            (params.status ?? session.status) === session.status &&
            (params.payment_intent ?? session.payment_intent) === session.payment_intent &&
            (params.payment_link ?? session.payment_link) === session.payment_link &&
            (params.customer_details?.email ?? session.customer_details?.email) ===
              session.customer_details?.email,
        }),
    ),
    route(
      'GET /v1/checkout/sessions/:id',
      { right: 'checkout_session', params: {} },
      (ctx, _p, path) => ctx.get('checkout.session', path.id),
    ),
    route(
      'POST /v1/checkout/sessions/:id/expire',
      { right: 'checkout_session', params: {} },
      (ctx, _params, path) => expireCheckoutSession(ctx, path.id),
    ),
    route(
      'GET /v1/checkout/sessions/:id/line_items',
      { right: 'checkout_session', params: paging },
      (ctx, params, path) => {
        const list = lineItems(ctx, ctx.get('checkout.session', path.id).id);
        const start = params.starting_after
          ? list.data.findIndex((item) => item.id === params.starting_after) + 1
          : 0;
        const data = list.data.slice(start, start + (params.limit ?? 10));
        return { ...list, data, has_more: start + data.length < list.data.length };
      },
    ),
  ],
  expansions: {
    'checkout.session': {
      customer: 'customer',
      invoice: 'invoice',
      line_items: lineItems,
      payment_intent: 'payment_intent',
      setup_intent: 'setup_intent',
      subscription: 'subscription',
    },
  },
  due: {
    'checkout.session.expire': (ctx, session) => {
      if (ctx.find('checkout.session', session)?.status === 'open') {
        expireCheckoutSession(ctx, session);
      }
    },
  },
};

function create(ctx: Context, params: Params): Stored<'checkout.session'> {
  refuseContradictions(params);
  refuseOtherModes(params);
  const customer = customerAccountOf(ctx, params);
  const cart = cartOf(ctx, params);
  const currency = params.currency ?? cart[0]?.price.currency ?? 'usd';
  if (customer) refuseOtherCurrency(ctx, customer, currency, 'customer');
  const subscription = subscriptionOf(ctx, params);
  const isTrial = Boolean(subscription.trial_end ?? subscription.trial_period_days);
  const discounts = discountsOf(ctx, params);
  const coupons = discounts.map(({ coupon }) => ({
    discount: 'di_preview',
    coupon: ctx.get('coupon', coupon ?? ''),
  }));
  const quote = quoteCart(ctx, cart, coupons, currency, isTrial);
  const session = newCheckoutSession(ctx, {
    id: newId(`cs_${ctx.mode}`, 58),
    clientSecret: randomText(24),
    currency,
    customer,
    quote,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: null,
      provider: null,
      status: null,
    },
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
    customer_creation: customer ? null : 'always',
    customer_email: params.customer_email ?? null,
    discounts,
    excluded_payment_method_types: params.excluded_payment_method_types,
    expires_at: expiry(ctx, params.expires_at),
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    payment_method_collection: params.payment_method_collection ?? 'always',
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    return_url: params.return_url,
    saved_payment_method_options: {
      allow_redisplay_filters: params.saved_payment_method_options?.allow_redisplay_filters ?? [
        'always',
      ],
      payment_method_remove:
        params.saved_payment_method_options?.payment_method_remove ?? 'disabled',
      payment_method_save: params.saved_payment_method_options?.payment_method_save ?? null,
    },
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    tax_id_collection: {
      enabled: params.tax_id_collection?.enabled ?? false,
      required: params.tax_id_collection?.required ?? 'never',
    },
    ui_mode: params.ui_mode ?? 'hosted_page',
  });
  ctx.world._checkout.put({
    id: session.id,
    lineItems: quote.lineItems,
    subscription,
    customerUpdate: params.customer_update ?? {},
  });
  ctx.schedule('checkout.session.expire', session.id, session.expires_at);
  return ctx.insert('checkout.session', session);
}

function refuseContradictions(params: Params): void {
  exclusive(params, 'customer', 'customer_email');
  exclusive(params, 'customer', 'customer_account');
  exclusive(params, 'allow_promotion_codes', 'discounts');
  if (params.customer_update && !params.customer && !params.customer_account) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', 'customer_update');
  }
  const isHosted = (params.ui_mode ?? 'hosted_page') === 'hosted_page';
  if (isHosted && params.success_url === undefined) throw missingParam('success_url');
  if (!isHosted && params.return_url === undefined && params.redirect_on_completion !== 'never') {
    throw missingParam('return_url');
  }
  const update = params.customer_update;
  if (!params.customer) return;
  if (params.automatic_tax?.enabled && update?.address !== 'auto' && update?.shipping !== 'auto') {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      'customer_update',
    );
  }
  if (params.tax_id_collection?.enabled && update?.name !== 'auto') {
    throw invalidRequest(
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
      'customer_update',
    );
  }
}

function refuseOtherModes(params: Params): void {
  if (params.mode === undefined) throw missingParam('mode');
  if (params.mode === 'subscription') return;
  throw invalidRequest(
    `Invalid mode: the sandbox's Checkout has \`subscription\` only, not \`${params.mode}\`.`,
    'mode',
  );
}

function cartOf(ctx: Context, params: Params): CartItem[] {
  const lines = params.line_items ?? [];
  if (lines.length === 0) throw missingParam('line_items');
  const cart = lines.map((line, index): CartItem => {
    const path = `line_items[${index}]`;
    const price = line.price_data
      ? createInlinePrice(ctx, line.price_data, `${path}[price_data]`)
      : activePrice(ctx, line.price, `${path}[price]`, params.currency);
    if (line.quantity === undefined && price.recurring?.usage_type !== 'metered') {
      throw missingParam(`${path}[quantity]`);
    }
    return {
      price,
      quantity: line.quantity ?? 1,
      adjustable: line.adjustable_quantity
        ? {
            enabled: line.adjustable_quantity.enabled,
            maximum: line.adjustable_quantity.maximum ?? 99,
            minimum: line.adjustable_quantity.minimum ?? 0,
          }
        : null,
      metadata: mergeMetadata({}, line.metadata),
    };
  });
  if (!cart.some(({ price }) => price.recurring)) {
    throw invalidRequest(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items',
    );
  }
  if (cart.filter(({ price }) => price.recurring).length > 20) {
    throw invalidRequest('`line_items` can have at most 20 recurring prices.', 'line_items');
  }
  return cart;
}

function activePrice(
  ctx: Context,
  priceId: string | undefined,
  path: string,
  currency: string | undefined,
): Stored<'price'> {
  if (priceId === undefined) throw missingParam(path);
  const price = ctx.get('price', priceId, path);
  if (price.active) return priceIn(ctx, price, currency, path);
  throw invalidRequest(
    'The price specified is inactive. This field only accepts active prices.',
    path,
  );
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

function subscriptionOf(ctx: Context, params: Params): CheckoutDetails['subscription'] {
  const data = params.subscription_data ?? {};
  exclusive(data, 'trial_end', 'trial_period_days');
  if (data.trial_end !== undefined && data.trial_end < ctx.now + 48 * HOUR) {
    throw invalidRequest(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  }
  return { ...data, metadata: mergeMetadata({}, data.metadata) };
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

function lineItems(ctx: Context, session: string) {
  return {
    object: 'list',
    data: ctx.find('_checkout', session)?.lineItems ?? [],
    has_more: false,
    url: `/v1/checkout/sessions/${session}/line_items`,
  };
}
