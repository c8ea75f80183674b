import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import type { Stage } from './stage';

/** Something a billing app relies on, asked of whichever Stripe it is run against. */
export interface Scenario {
  name: string;
  run(stage: Stage): Promise<void>;
}

const DAY = 86_400;

export const scenarios: readonly Scenario[] = [
  { name: 'catalogue', run: catalogue },
  { name: 'subscription', run: subscription },
  { name: 'next payment', run: nextPayment },
  { name: 'change of plan', run: changeOfPlan },
  { name: 'cancellation', run: cancellation },
  { name: 'failed renewal', run: failedRenewal },
  { name: 'trial', run: trial },
  { name: 'checkout', run: checkout },
  { name: 'portal', run: portal },
  { name: 'one payment', run: onePayment },
  { name: 'refusals', run: refusals },
];

/** Products, prices, coupons and promotion codes, field by field. */
async function catalogue(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const price = await stage.price(2000);
  stage.see('product', await stripe.products.retrieve(price.product));
  stage.see('price', await stripe.prices.retrieve(price.id, { expand: ['currency_options'] }));
  const coupon = await stripe.coupons.create({
    percent_off: 25,
    duration: 'repeating',
    duration_in_months: 3,
  });
  stage.clean(() => stripe.coupons.del(coupon.id));
  stage.see('coupon', { ...coupon, id: '<some>' });
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    max_redemptions: 5,
  });
  stage.see('promotion code', { ...code, code: '<some>', promotion: code.promotion.type });
}

/** A first payment that succeeds: every object it makes, and the events in order. */
async function subscription(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const { id: price } = await stage.price(2000);
  const created = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price }],
    metadata: { team: 'one' },
  });
  stage.see('subscription', created);
  const invoice = await stripe.invoices.retrieve(idOf(created.latest_invoice), {
    expand: ['payments'],
  });
  stage.see('invoice', invoice);
  const [payment] = invoice.payments?.data ?? [];
  const intent = await stripe.paymentIntents.retrieve(idOf(payment?.payment.payment_intent));
  stage.see('payment intent', intent);
  stage.see('charge', await stripe.charges.retrieve(idOf(intent.latest_charge)));
  stage.see('customer', await stripe.customers.retrieve(customer.id));
  await stage.events('events', customer.id, 'invoice.paid');
}

/** What the next payment will be is what is paid when the clock gets there. */
async function nextPayment(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const { id: price } = await stage.price(2000);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  const preview = await stripe.invoices.createPreview({ subscription: id });
  stage.see('preview', preview);
  await stage.advance(customer.clock, periodEnd(await stripe.subscriptions.retrieve(id)) + DAY / 4);
  const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  stage.see('renewed subscription', { status: renewed.status, items: renewed.items });
  stage.see('renewal', renewed.latest_invoice);
  await stage.events('events', customer.id, 'invoice.paid');
}

/** The preview of a change costs what the change then costs. */
async function changeOfPlan(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const small = await stage.price(1000);
  const large = await stage.price(3000, 'month', small.product);
  const { id, items } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: small.id }],
  });
  const half = Math.floor((items.data[0]?.current_period_start ?? 0) + 15 * DAY);
  await stage.advance(customer.clock, half);
  const change = {
    items: [{ id: items.data[0]?.id, price: large.id }],
    proration_behavior: 'always_invoice' as const,
    proration_date: half,
  };
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: change,
  });
  stage.see('preview', { total: preview.total, lines: preview.lines.data.length });
  const changed = await stripe.subscriptions.update(id, { ...change, expand: ['latest_invoice'] });
  stage.see('changed subscription', { status: changed.status, items: changed.items });
  stage.see('invoice of the change', changed.latest_invoice);
  await stage.events('events', id, 'invoice.paid');
}

/** Canceled at the end of the period, taken back, and canceled at once. */
async function cancellation(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const { id: price } = await stage.price(2000);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  const fields = ({
    status,
    cancel_at,
    cancel_at_period_end,
    canceled_at,
    ended_at,
    cancellation_details,
  }: Stripe.Subscription) => ({
    status,
    cancel_at,
    cancel_at_period_end,
    canceled_at,
    ended_at,
    cancellation_details,
  });
  const later = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  stage.see('canceled at the end of the period', fields(later));
  const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  stage.see('taken back', fields(kept));
  stage.see('canceled at once', fields(await stripe.subscriptions.cancel(id)));
  await stage.refusal('canceled again', () => stripe.subscriptions.cancel(id));
  await stage.events('events', id, 'customer.subscription.deleted');
}

/** A card that works once and is then declined. */
async function failedRenewal(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const { id: price } = await stage.price(2000);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: bad.id },
  });
  await stage.advance(customer.clock, periodEnd(await stripe.subscriptions.retrieve(id)) + DAY / 4);
  const failed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  stage.see('status', failed.status);
  stage.see('invoice', failed.latest_invoice);
  await stage.refusal('paid by hand', () => stripe.invoices.pay(idOf(failed.latest_invoice)));
  await stage.events('events', customer.id, 'invoice.payment_failed');
}

/** A trial that ends with a payment. */
async function trial(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const { id: price } = await stage.price(2000);
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price }],
    trial_period_days: 7,
  });
  stage.see('trialing', await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] }));
  await stage.advance(customer.clock, periodEnd(await stripe.subscriptions.retrieve(id)) + DAY / 4);
  const { status, latest_invoice } = await stripe.subscriptions.retrieve(id, {
    expand: ['latest_invoice'],
  });
  stage.see('after it', { status, latest_invoice });
  await stage.events('events', customer.id, 'invoice.paid');
}

/** Checkout as a session: nobody pays here, people do that on pages. */
async function checkout(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stripe.customers.create({ email: 'conformance@example.com' });
  stage.clean(() => stripe.customers.del(customer.id));
  const { id: price } = await stage.price(2000);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price, quantity: 2 }],
    subscription_data: { trial_period_days: 14, metadata: { team: 'one' } },
    allow_promotion_codes: true,
    client_reference_id: 'one',
    success_url: 'https://app.example/done?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://app.example/pricing',
  });
  stage.see('session', session);
  stage.see('line items', await stripe.checkout.sessions.listLineItems(session.id));
  stage.see('expired session', await stripe.checkout.sessions.expire(session.id));
  await stage.refusal('expired again', () => stripe.checkout.sessions.expire(session.id));
}

/** Portal sessions in every flow, and what is refused. */
async function portal(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const customer = await stage.customer();
  const small = await stage.price(1000);
  const large = await stage.price(3000, 'year', small.product);
  const { id, items } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: small.id }],
  });
  const configuration = await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'name'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        products: [{ product: small.product, prices: [small.id, large.id] }],
      },
    },
  });
  stage.clean(() =>
    stripe.billingPortal.configurations.update(configuration.id, { active: false }),
  );
  stage.see('configuration', configuration);
  const open = (flow_data?: Stripe.BillingPortal.SessionCreateParams.FlowData) =>
    stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      return_url: 'https://app.example/billing',
      ...(flow_data && { flow_data }),
    });
  const item = { id: items.data[0]?.id ?? '', price: large.id };
  stage.see('home', await open());
  stage.see('payment method', await open({ type: 'payment_method_update' }));
  stage.see('details', await open({ type: 'customer_update' }));
  stage.see(
    'cancel',
    await open({ type: 'subscription_cancel', subscription_cancel: { subscription: id } }),
  );
  stage.see(
    'update',
    await open({ type: 'subscription_update', subscription_update: { subscription: id } }),
  );
  const confirm = (price: string) =>
    open({
      type: 'subscription_update_confirm',
      subscription_update_confirm: { subscription: id, items: [{ ...item, price }] },
      after_completion: {
        type: 'redirect',
        redirect: { return_url: 'https://app.example/done' },
      },
    });
  stage.see('confirm', await confirm(large.id));
  await stage.refusal('the same price', () => confirm(small.id));
  await stage.refusal('a feature that is off', () =>
    open({ type: 'subscription_pause', subscription_pause: { subscription: id } }),
  );
  await stage.refusal('nobody', () =>
    stripe.billingPortal.sessions.create({ customer: 'cus_NobodyNobody00' }),
  );
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await stage.refusal('canceling what is canceled', () =>
    open({ type: 'subscription_cancel', subscription_cancel: { subscription: id } }),
  );
}

/** A payment of its own, declined and paid, and refunded in part. */
async function onePayment(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const pay = (payment_method: string) =>
    stripe.paymentIntents.create({
      amount: 1500,
      currency: 'usd',
      confirm: true,
      payment_method,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
  await stage.refusal('declined', () => pay('pm_card_visa_chargeDeclinedInsufficientFunds'));
  const paid = await pay('pm_card_visa');
  stage.see('payment intent', paid);
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 500 });
  stage.see('refund', refund);
  await stage.refusal('refunded too much', () =>
    stripe.refunds.create({ payment_intent: paid.id, amount: 5000 }),
  );
  await stage.events('events', paid.id, 'charge.refunded');
}

/** What is wrong with a request, and how that is said. */
async function refusals(stage: Stage): Promise<void> {
  const { stripe } = stage;
  const misspelt: object = { emal: 'ada@example.com' };
  const word: object = { duration: 'often', percent_off: 10 };
  await stage.refusal('nobody', () => stripe.customers.retrieve('cus_NobodyNobody00'));
  await stage.refusal('nobody’s subscription', () =>
    stripe.subscriptions.create({ customer: 'cus_NobodyNobody00', items: [] }),
  );
  await stage.refusal('a misspelt parameter', () => stripe.customers.create(misspelt));
  await stage.refusal('a word that is none', () => stripe.coupons.create({ ...word }));
  await stage.refusal('no currency', () => stripe.rawRequest('POST', '/v1/prices', {}));
  await stage.refusal('an empty id', () =>
    stripe.rawRequest('POST', '/v1/billing_portal/sessions', { customer: '' }),
  );
  await stage.refusal('an expansion that is none', () =>
    stripe.customers.list({ expand: ['data.email'] }),
  );
  await stage.refusal('too many at once', () => stripe.customers.list({ limit: 101 }));
  // In the form of an id, so that the message that names it is the same everywhere.
  const key = `key_${randomUUID().replaceAll('-', '')}`;
  const customer = await stripe.customers.create({}, { idempotencyKey: key });
  stage.clean(() => stripe.customers.del(customer.id));
  await stage.refusal('a key used for something else', () =>
    stripe.customers.create({ name: 'Ada' }, { idempotencyKey: key }),
  );
}

function idOf(field: string | { id?: string } | null | undefined): string {
  return (typeof field === 'string' ? field : field?.id) ?? '';
}

function periodEnd({ items }: Stripe.Subscription): number {
  return items.data[0]?.current_period_end ?? 0;
}
