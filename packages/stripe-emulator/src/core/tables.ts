import type Stripe from 'stripe';
import type { AgendaEntry } from './agenda';
import type { CheckoutDetails } from './checkout-details';
import type { Delivery } from './delivery';
import type { StoredEvent } from './event';
import type { StoredReply } from './idempotency';
import type { KeyRecord } from './keys';
import type { MeterSession } from './meter-session';
import type { OwnTaxes } from './own-taxes';
import type { PaymentLinkDetails } from './payment-link-details';
import type { PortalUsage } from './portal-usage';
import type { RedeemedCoupon } from './redeemed-coupon';
import { type Indexes, type Recorder, Table } from './table';
import type { ThinEvent } from './thin-event';
import { type AlertWatch, type UsageEvent, usageKey } from './usage-event';
import type { DeletedStub, Wire } from './wire';

/** One value the emulator keeps for itself, such as the offset of its clock. */
export interface Setting {
  id: string;
  value: number | string | null;
}

/** The secrets of a webhook endpoint; a rolled one stays until `expires_at` (Unix seconds). */
export interface WebhookSecrets {
  id: string;
  secrets: { secret: string; expires_at: number | null }[];
}

/** What a price shows only when it is expanded. `id` is the price's. */
export interface PriceDetails {
  id: string;
  currency_options: NonNullable<Wire<Stripe.Price>['currency_options']>;
  tiers: NonNullable<Wire<Stripe.Price>['tiers']> | null;
}

/** The published test id, such as `pm_card_visa` or `tok_visa`, that a stored card was made from. */
export interface CardToken {
  id: string;
  token: string;
}

/** A balance transaction that becomes available on a day of a clock. `id` is the transaction's. */
export interface PendingFunds {
  id: string;
  day: string;
}

/** When an event was written, by the emulator's clock (its `created` may be a test clock's time). */
export interface RecordedAt {
  id: string;
  at: number;
}

/**
 * Every kind of object a world holds, each with the secondary indexes that its lists need.
 * Names are Stripe's `object` values; names with a leading underscore are the emulator's own.
 * A new kind of object is one more line here.
 */
export function createTables(recorderOf: (table: string) => Recorder) {
  function table<T extends { readonly id: string }, Index extends string = never>(
    name: string,
    indexes?: Indexes<T, Index>,
  ): Table<T, Index> {
    return new Table<T, Index>(recorderOf(name), indexes);
  }
  return {
    account: table<Wire<Stripe.Account>>('account'),
    balance_transaction: table<Wire<Stripe.BalanceTransaction>, 'source' | 'type'>(
      'balance_transaction',
      {
        source: (transaction) => transaction.source,
        type: (transaction) => transaction.type,
      },
    ),
    'billing.alert': table<Wire<Stripe.Billing.Alert>, 'meter'>('billing.alert', {
      meter: (alert) => alert.usage_threshold?.meter,
    }),
    'billing.credit_balance_transaction': table<
      Wire<Stripe.Billing.CreditBalanceTransaction>,
      'credit_grant'
    >('billing.credit_balance_transaction', {
      credit_grant: (transaction) => transaction.credit_grant,
    }),
    'billing.credit_grant': table<Wire<Stripe.Billing.CreditGrant>, 'customer'>(
      'billing.credit_grant',
      { customer: (grant) => grant.customer },
    ),
    'billing.meter': table<Wire<Stripe.Billing.Meter>, 'event_name'>('billing.meter', {
      event_name: (meter) => meter.event_name,
    }),
    'billing_portal.configuration': table<Wire<Stripe.BillingPortal.Configuration>>(
      'billing_portal.configuration',
    ),
    'billing_portal.session': table<Wire<Stripe.BillingPortal.Session>, 'customer'>(
      'billing_portal.session',
      { customer: (session) => session.customer },
    ),
    charge: table<Wire<Stripe.Charge>, 'customer' | 'payment_intent'>('charge', {
      customer: (charge) => charge.customer,
      payment_intent: (charge) => charge.payment_intent,
    }),
    'checkout.session': table<
      Wire<Stripe.Checkout.Session>,
      'customer' | 'subscription' | 'payment_intent'
    >('checkout.session', {
      customer: (session) => session.customer,
      subscription: (session) => session.subscription,
      payment_intent: (session) => session.payment_intent,
    }),
    coupon: table<Wire<Stripe.Coupon>>('coupon'),
    credit_note: table<Wire<Stripe.CreditNote>, 'customer' | 'invoice'>('credit_note', {
      customer: (note) => note.customer,
      invoice: (note) => note.invoice,
    }),
    customer: table<
      Wire<Stripe.Customer>,
      'email' | 'test_clock' | 'customer_account' | 'invoice_prefix'
    >('customer', {
      email: (customer) => customer.email,
      invoice_prefix: (customer) => customer.invoice_prefix,
      test_clock: (customer) => customer.test_clock,
      customer_account: (customer) => customer.customer_account,
    }),
    customer_balance_transaction: table<Wire<Stripe.CustomerBalanceTransaction>, 'customer'>(
      'customer_balance_transaction',
      { customer: (transaction) => transaction.customer },
    ),
    discount: table<Wire<Stripe.Discount>, 'customer' | 'subscription'>('discount', {
      customer: (discount) => discount.customer,
      subscription: (discount) => discount.subscription,
    }),
    dispute: table<Wire<Stripe.Dispute>, 'charge' | 'payment_intent'>('dispute', {
      charge: (dispute) => dispute.charge,
      payment_intent: (dispute) => dispute.payment_intent,
    }),
    'entitlements.active_entitlement': table<
      Wire<Stripe.Entitlements.ActiveEntitlement> & { readonly customer: string },
      'customer'
    >('entitlements.active_entitlement', { customer: (entitlement) => entitlement.customer }),
    'entitlements.feature': table<Wire<Stripe.Entitlements.Feature>, 'lookup_key'>(
      'entitlements.feature',
      { lookup_key: (feature) => feature.lookup_key },
    ),
    event: table<StoredEvent, 'type'>('event', { type: (event) => event.type }),
    invoice: table<Wire<Stripe.Invoice>, 'customer' | 'subscription' | 'unsettled'>('invoice', {
      customer: (invoice) => invoice.customer,
      unsettled: (invoice) => (invoice.status === 'paid' ? null : invoice.status),
      subscription: (invoice) => invoice.parent?.subscription_details?.subscription,
    }),
    invoice_payment: table<Wire<Stripe.InvoicePayment>, 'invoice' | 'payment_intent'>(
      'invoice_payment',
      {
        invoice: (payment) => payment.invoice,
        payment_intent: (payment) => payment.payment.payment_intent,
      },
    ),
    invoiceitem: table<Wire<Stripe.InvoiceItem>, 'customer' | 'invoice' | 'pending'>(
      'invoiceitem',
      {
        customer: (item) => item.customer,
        invoice: (item) => item.invoice,
        pending: (item) => (item.invoice === null ? item.customer : null),
      },
    ),
    payment_intent: table<Wire<Stripe.PaymentIntent>, 'customer'>('payment_intent', {
      customer: (intent) => intent.customer,
    }),
    payment_link: table<Wire<Stripe.PaymentLink>>('payment_link'),
    payment_method: table<Wire<Stripe.PaymentMethod>, 'customer'>('payment_method', {
      customer: (method) => method.customer,
    }),
    price: table<Wire<Stripe.Price>, 'product' | 'lookup_key'>('price', {
      product: (price) => price.product,
      lookup_key: (price) => price.lookup_key,
    }),
    product: table<Wire<Stripe.Product>>('product'),
    product_feature: table<Wire<Stripe.ProductFeature> & { readonly product: string }, 'product'>(
      'product_feature',
      { product: (feature) => feature.product },
    ),
    promotion_code: table<Wire<Stripe.PromotionCode>, 'code' | 'coupon' | 'customer'>(
      'promotion_code',
      {
        code: (promotion) => promotion.code.toLowerCase(),
        coupon: (promotion) => promotion.promotion.coupon,
        customer: (promotion) => promotion.customer,
      },
    ),
    'radar.early_fraud_warning': table<
      Wire<Stripe.Radar.EarlyFraudWarning>,
      'charge' | 'payment_intent'
    >('radar.early_fraud_warning', {
      charge: (warning) => warning.charge,
      payment_intent: (warning) => warning.payment_intent,
    }),
    refund: table<Wire<Stripe.Refund>, 'charge' | 'payment_intent'>('refund', {
      charge: (refund) => refund.charge,
      payment_intent: (refund) => refund.payment_intent,
    }),
    setup_intent: table<Wire<Stripe.SetupIntent>, 'customer'>('setup_intent', {
      customer: (intent) => intent.customer,
    }),
    subscription: table<Wire<Stripe.Subscription>, 'customer' | 'test_clock'>('subscription', {
      customer: (subscription) => subscription.customer,
      test_clock: (subscription) => subscription.test_clock,
    }),
    subscription_item: table<Wire<Stripe.SubscriptionItem>, 'subscription' | 'price'>(
      'subscription_item',
      {
        subscription: (item) => item.subscription,
        price: (item) => item.price.id,
      },
    ),
    subscription_schedule: table<Wire<Stripe.SubscriptionSchedule>, 'customer' | 'subscription'>(
      'subscription_schedule',
      {
        customer: (schedule) => schedule.customer,
        subscription: (schedule) => schedule.subscription,
      },
    ),
    tax_id: table<Wire<Stripe.TaxId>, 'customer'>('tax_id', {
      customer: (taxId) => taxId.customer,
    }),
    tax_rate: table<Wire<Stripe.TaxRate>>('tax_rate'),
    'test_helpers.test_clock': table<Wire<Stripe.TestHelpers.TestClock>>('test_helpers.test_clock'),
    'v2.core.event': table<ThinEvent>('v2.core.event'),
    'v2.core.event_destination': table<Wire<Stripe.V2.Core.EventDestination>>(
      'v2.core.event_destination',
    ),
    webhook_endpoint: table<Wire<Stripe.WebhookEndpoint>>('webhook_endpoint'),

    _agenda: table<AgendaEntry>('_agenda'),
    _alert: table<AlertWatch>('_alert'),
    _automatic_rate: table<{ readonly id: string; readonly rate: string }>('_automatic_rate'),
    _authenticated: table<{ readonly id: string }>('_authenticated'),
    _card: table<CardToken>('_card'),
    _checkout: table<CheckoutDetails>('_checkout'),
    _deleted: table<DeletedStub>('_deleted'),
    _delivery: table<Delivery, 'event' | 'state'>('_delivery', {
      event: (delivery) => delivery.event,
      state: (delivery) => delivery.state,
    }),
    _idempotency: table<StoredReply>('_idempotency'),
    _detached: table<{ readonly id: string }>('_detached'),
    _key: table<KeyRecord>('_key'),
    _price: table<PriceDetails>('_price'),
    _redeemed: table<RedeemedCoupon>('_redeemed'),
    _recorded: table<RecordedAt>('_recorded'),
    _payment_link: table<PaymentLinkDetails>('_payment_link'),
    _pending_funds: table<PendingFunds, 'day'>('_pending_funds', { day: ({ day }) => day }),
    _portal: table<PortalUsage>('_portal'),
    _secret: table<WebhookSecrets>('_secret'),
    _taxed: table<OwnTaxes>('_taxed'),
    _meter_session: table<MeterSession>('_meter_session'),
    _setting: table<Setting>('_setting'),
    _usage: table<UsageEvent, 'identifier' | 'of'>('_usage', {
      identifier: (event) => event.identifier,
      of: (event) => usageKey(event.meter, event.customer),
    }),
    _usage_from: table<{ readonly id: string; readonly at: number }>('_usage_from'),
  };
}

type Definitions = ReturnType<typeof createTables>;

export type TableName = keyof Definitions;

type Shapes = { [Name in TableName]: NonNullable<ReturnType<Definitions[Name]['get']>> };

type IndexNames = { [Name in TableName]: Parameters<Definitions[Name]['by']>[0] };

/** The stored shape of each kind of object, by the name of its table. */
export type Stored<Name extends TableName> = Shapes[Name];

/** The names of the secondary indexes of a table. */
export type IndexName<Name extends TableName> = IndexNames[Name];

/** All objects of one Stripe account in one mode. */
export type World = { readonly [Name in TableName]: Table<Shapes[Name], IndexNames[Name]> };
