import { saveDefaultConfiguration } from '../api/portal-configurations';
import { completeCheckoutSession } from '../engine/checkout';
import { announceInvoice } from '../engine/subscription-due';
import type { TriggerShop } from './trigger-shop';

type Recipe = (shop: TriggerShop) => unknown;

/** What makes the real objects behind an event, by its type. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  'billing.credit_balance_transaction.created': grantCredits,
  'billing.credit_grant.created': grantCredits,
  'billing.meter.created': (shop) => shop.meter(),
  'billing.meter.deactivated': (shop) => shop.post(`billing/meters/${shop.meter()}/deactivate`),
  'billing.meter.reactivated': (shop) => {
    const meter = shop.meter();
    shop.post(`billing/meters/${meter}/deactivate`);
    shop.post(`billing/meters/${meter}/reactivate`);
  },
  'billing.meter.updated': (shop) =>
    shop.post(`billing/meters/${shop.meter()}`, { display_name: 'Other API Calls' }),
  'billing_portal.configuration.created': (shop) =>
    shop.post('billing_portal/configurations', {
      features: { invoice_history: { enabled: true } },
    }),
  'billing_portal.configuration.updated': (shop) => {
    const features = { invoice_history: { enabled: true } };
    const id = shop.post('billing_portal/configurations', { features });
    shop.post(`billing_portal/configurations/${id}`, { metadata: { foo: 'bar' } });
  },
  'billing_portal.session.created': (shop) => {
    const { id } = shop.core.transact(() =>
      saveDefaultConfiguration(shop.core.context(shop.world)),
    );
    shop.post('billing_portal/sessions', {
      configuration: id,
      customer: shop.customer(),
      return_url: 'https://example.com',
    });
  },
  'charge.captured': capture,
  'charge.dispute.created': (shop) =>
    shop.payment({ payment_method: 'pm_card_createDispute', customer: undefined }),
  'charge.failed': fail,
  'charge.refund.updated': refundLater,
  'charge.refunded': refund,
  'charge.succeeded': (shop) => shop.payment(),
  'charge.updated': (shop) => shop.payment(),
  'checkout.session.completed': (shop) => {
    const session = shop.checkout();
    const paymentMethod = shop.post('payment_methods', {
      type: 'card',
      card: { token: 'tok_visa' },
    });
    const form = { paymentMethod, email: 'stripe@example.com', name: 'Jenny Rosen' };
    shop.core.transact(() => completeCheckoutSession(shop.core.context(shop.world), session, form));
  },
  'checkout.session.expired': (shop) => shop.post(`checkout/sessions/${shop.checkout()}/expire`),
  'coupon.created': (shop) => shop.coupon(),
  'coupon.deleted': (shop) => shop.ask('DELETE', `coupons/${shop.coupon()}`),
  'coupon.updated': (shop) => shop.post(`coupons/${shop.coupon()}`, { metadata: { foo: 'bar' } }),
  'credit_note.created': credit,
  'credit_note.voided': (shop) => shop.post(`credit_notes/${credit(shop)}/void`),
  'customer.created': (shop) => shop.post('customers', { description: '(created by a trigger)' }),
  'customer.deleted': (shop) => shop.ask('DELETE', `customers/${shop.customer()}`),
  'customer.discount.created': (shop) =>
    shop.subscription({ discounts: [{ coupon: shop.coupon() }] }),
  'customer.subscription.created': (shop) => shop.subscription(),
  'customer.subscription.deleted': (shop) =>
    shop.ask('DELETE', `subscriptions/${shop.subscription()}`),
  'customer.subscription.paused': (shop) =>
    shop.post(`subscriptions/${shop.subscription()}/pause`, { type: 'subscription' }),
  'customer.subscription.resumed': (shop) => {
    const id = shop.subscription();
    shop.post(`subscriptions/${id}/pause`, { type: 'subscription' });
    shop.post(`subscriptions/${id}/resume`);
  },
  'customer.subscription.trial_will_end': (shop) => shop.subscription({ trial_period_days: 2 }),
  'customer.subscription.updated': (shop) =>
    shop.post(`subscriptions/${shop.subscription()}`, { metadata: { foo: 'bar' } }),
  'customer.tax_id.created': (shop) => shop.post(...taxId(shop)),
  'customer.tax_id.deleted': (shop) => {
    const [path, params] = taxId(shop);
    shop.ask('DELETE', `${path}/${shop.post(path, params)}`);
  },
  'customer.updated': (shop) =>
    shop.post(`customers/${shop.customer()}`, { metadata: { trigger: String(Date.now()) } }),
  'invoice.created': (shop) => shop.invoice(),
  'invoice.deleted': (shop) => shop.ask('DELETE', `invoices/${shop.invoice()}`),
  'invoice.finalized': (shop) => finalized(shop),
  'invoice.marked_uncollectible': (shop) =>
    shop.post(`invoices/${finalized(shop)}/mark_uncollectible`),
  'invoice.paid': (shop) => shop.post(`invoices/${shop.invoice()}/pay`),
  'invoice.payment_action_required': (shop) => {
    const card = shop.card('pm_card_authenticationRequired');
    shop.postInVain(`invoices/${finalized(shop)}/pay`, { payment_method: card });
  },
  'invoice.payment_failed': (shop) => {
    const card = shop.card('pm_card_chargeCustomerFail');
    shop.postInVain(`invoices/${finalized(shop)}/pay`, { payment_method: card });
  },
  'invoice.payment_succeeded': (shop) => shop.post(`invoices/${shop.invoice()}/pay`),
  'invoice.sent': (shop) =>
    shop.post(
      `invoices/${shop.invoice({ collection_method: 'send_invoice', days_until_due: 30 })}/send`,
    ),
  'invoice.upcoming': (shop) => {
    const id = shop.subscription();
    shop.core.transact(() => {
      const ctx = shop.core.context(shop.world);
      const subscription = ctx.get('subscription', id);
      announceInvoice(ctx.onClock(subscription.test_clock), subscription);
    });
  },
  'invoice.updated': (shop) =>
    shop.post(`invoices/${shop.invoice()}`, { metadata: { foo: 'bar' } }),
  'invoice.voided': (shop) => shop.post(`invoices/${finalized(shop)}/void`),
  'invoiceitem.created': item,
  'invoiceitem.deleted': (shop) => shop.ask('DELETE', `invoiceitems/${item(shop)}`),
  'payment_intent.amount_capturable_updated': (shop) => shop.payment({ capture_method: 'manual' }),
  'payment_intent.canceled': (shop) =>
    shop.post(
      `payment_intents/${shop.payment({ confirm: false, payment_method: undefined })}/cancel`,
    ),
  'payment_intent.created': (shop) => shop.payment({ confirm: false, payment_method: undefined }),
  'payment_intent.payment_failed': fail,
  'payment_intent.requires_action': (shop) =>
    shop.payment({ payment_method: 'pm_card_authenticationRequired' }),
  'payment_intent.succeeded': (shop) => shop.payment(),
  'payment_method.attached': (shop) => shop.card(),
  'payment_method.detached': (shop) => shop.post(`payment_methods/${shop.card()}/detach`),
  'payment_method.updated': (shop) =>
    shop.post(`payment_methods/${shop.card()}`, { metadata: { foo: 'bar' } }),
  'price.created': (shop) => shop.price(),
  'price.updated': (shop) => shop.post(`prices/${shop.price()}`, { metadata: { foo: 'bar' } }),
  'product.created': (shop) => shop.product(),
  'product.deleted': (shop) => shop.ask('DELETE', `products/${shop.product()}`),
  'product.updated': (shop) =>
    shop.post(`products/${shop.product()}`, { metadata: { foo: 'bar' } }),
  'promotion_code.created': (shop) => promotion(shop),
  'promotion_code.updated': (shop) =>
    shop.post(`promotion_codes/${promotion(shop)}`, { metadata: { foo: 'bar' } }),
  'radar.early_fraud_warning.created': (shop) =>
    shop.payment({ payment_method: 'pm_card_createIssuerFraudRecord', customer: undefined }),
  'refund.created': refund,
  'refund.failed': refundLater,
  'refund.updated': refundLater,
  'setup_intent.canceled': (shop) => shop.post(`setup_intents/${setUp(shop)}/cancel`),
  'setup_intent.created': (shop) => setUp(shop),
  'setup_intent.requires_action': (shop) =>
    setUp(shop, { confirm: true, payment_method: 'pm_card_authenticationRequired' }),
  'setup_intent.setup_failed': (shop) =>
    shop.postInVain('setup_intents', {
      ...CARDS_ONLY,
      confirm: true,
      payment_method: 'pm_card_chargeDeclined',
    }),
  'setup_intent.succeeded': (shop) =>
    setUp(shop, { confirm: true, payment_method: 'pm_card_visa' }),
  'subscription_schedule.canceled': (shop) =>
    shop.post(`subscription_schedules/${schedule(shop)}/cancel`),
  'subscription_schedule.created': (shop) => schedule(shop),
  'subscription_schedule.released': (shop) =>
    shop.post(`subscription_schedules/${schedule(shop)}/release`),
  'subscription_schedule.updated': (shop) =>
    shop.post(`subscription_schedules/${schedule(shop)}`, { metadata: { foo: 'bar' } }),
  'tax_rate.created': (shop) => taxRate(shop),
  'tax_rate.updated': (shop) =>
    shop.post(`tax_rates/${taxRate(shop)}`, { metadata: { foo: 'bar' } }),
};

const CARDS_ONLY = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } };

function grantCredits(shop: TriggerShop): string {
  return shop.post('billing/credit_grants', {
    amount: { type: 'monetary', monetary: { currency: 'usd', value: 1000 } },
    applicability_config: { scope: { price_type: 'metered' } },
    customer: shop.customer(),
  });
}

function capture(shop: TriggerShop): string {
  const id = shop.payment({ capture_method: 'manual' });
  return shop.post(`payment_intents/${id}/capture`);
}

function fail(shop: TriggerShop): void {
  shop.postInVain('payment_intents', {
    amount: 2000,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_chargeDeclined',
    ...CARDS_ONLY,
  });
}

function refund(shop: TriggerShop): string {
  return shop.post('refunds', { payment_intent: shop.payment() });
}

/** Its outcome comes some seconds later. */
function refundLater(shop: TriggerShop): string {
  const payment = shop.payment({ payment_method: 'pm_card_refundFail', customer: undefined });
  return shop.post('refunds', { payment_intent: payment });
}

function finalized(shop: TriggerShop): string {
  return shop.post(`invoices/${shop.invoice()}/finalize`);
}

function credit(shop: TriggerShop): string {
  return shop.post('credit_notes', { invoice: finalized(shop), amount: 500 });
}

function item(shop: TriggerShop): string {
  return shop.post('invoiceitems', { customer: shop.customer(), amount: 2000, currency: 'usd' });
}

function taxId(shop: TriggerShop): [path: string, params: object] {
  return [`customers/${shop.customer()}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' }];
}

function promotion(shop: TriggerShop): string {
  return shop.post('promotion_codes', { promotion: { type: 'coupon', coupon: shop.coupon() } });
}

function setUp(shop: TriggerShop, more: object = {}): string {
  return shop.post('setup_intents', { ...CARDS_ONLY, ...shop.known(), ...more });
}

function schedule(shop: TriggerShop): string {
  return shop.post('subscription_schedules', {
    customer: shop.customer(),
    default_settings: { default_payment_method: shop.card() },
    start_date: 'now',
    phases: [{ items: [{ price: shop.price() }], duration: { interval: 'month' } }],
  });
}

function taxRate(shop: TriggerShop): string {
  return shop.post('tax_rates', { display_name: 'VAT', inclusive: false, percentage: 20 });
}
