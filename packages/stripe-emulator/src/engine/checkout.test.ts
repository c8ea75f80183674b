import type Stripe from 'stripe';
import { beforeAll, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present } from '../../test/objects';
import { completeCheckoutSession } from './checkout';
import type { CheckoutForm } from './checkout-form';
import { createCard } from './create-card';

const running = emulatorForTests();
let price: Stripe.Price;

beforeAll(async () => {
  price = await running.recurringPrice();
});

function open(params: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return running.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://app.test/done?session={CHECKOUT_SESSION_ID}',
    ...params,
  });
}

/** Fills in the page as a browser would, with a card of this number. */
function submit(session: string, number: string | null, form: CheckoutForm = {}) {
  return running.emulator.run('test', (ctx) => {
    const card = { number: number ?? '', exp_month: 12, exp_year: 2034, cvc: '123' };
    const paymentMethod = number === null ? undefined : createCard(ctx, card).id;
    return completeCheckoutSession(ctx, session, {
      email: 'jenny@example.com',
      name: 'Jenny',
      paymentMethod,
      ...form,
    });
  });
}

describe('Checkout', () => {
  test('shows its lines and sums, and makes customer, subscription and payment when completed', async () => {
    const { stripe } = running;
    const session = await open({
      client_reference_id: 'user_1',
      subscription_data: { metadata: { userId: '1' } },
      expand: ['line_items'],
    });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 2000,
      customer: null,
      url: expect.stringContaining(session.id),
      line_items: { data: [{ amount_total: 2000, quantity: 1, description: 'Pro' }] },
    });
    submit(session.id, '4242424242424242');
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer_details: { email: 'jenny@example.com', name: 'Jenny' },
      subscription: { status: 'active', metadata: { userId: '1' } },
    });
    const customer = await stripe.customers.retrieve(idOf(done.customer));
    expect(customer).toMatchObject({ email: 'jenny@example.com', name: 'Jenny' });
    const types = await running.eventTypes();
    expect(types.slice(types.indexOf('customer.created'))).toEqual([
      'customer.created',
      'payment_method.attached',
      'customer.subscription.created',
      'customer.updated',
      'invoice.created',
      'payment_intent.created',
      'invoice.finalized',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
  });

  test.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000000341', 'card_declined', 'generic_decline'],
    ['4000000000000069', 'expired_card', undefined],
    ['4000000000000127', 'incorrect_cvc', undefined],
    ['4000002760003184', 'authentication_required', 'authentication_required'],
  ])('card %s is refused with %s and leaves nothing', async (number, code, decline) => {
    const { stripe } = running;
    const session = await open();
    const before = await running.eventTypes();
    expect(() => submit(session.id, number)).toThrow(
      expect.objectContaining({
        status: 402,
        body: expect.objectContaining({ code, ...(decline ? { decline_code: decline } : {}) }),
      }),
    );
    expect(await running.eventTypes()).toEqual(before);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('a card that needs authentication works once its holder gave it', async () => {
    const session = await open();
    const done = submit(session.id, '4000002760003184', { authenticated: true });
    expect(done.payment_status).toBe('paid');
  });

  test('a trial takes the card and no money', async () => {
    const { stripe } = running;
    const session = await open({ subscription_data: { trial_period_days: 14 } });
    expect(session.amount_total).toBe(0);
    const done = submit(session.id, '4242424242424242');
    expect(done.payment_status).toBe('no_payment_required');
    const subscription = await stripe.subscriptions.retrieve(present(done.subscription));
    expect(subscription).toMatchObject({ status: 'trialing' });
    expect(subscription.default_payment_method).toMatch(/^pm_/);
  });

  test('quantities within their bounds and promotion codes change the sum', async () => {
    const { stripe } = running;
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' });
    await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'QUARTER',
    });
    const session = await open({
      allow_promotion_codes: true,
      line_items: [
        {
          price: price.id,
          quantity: 1,
          adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
        },
      ],
    });
    const { data } = await stripe.checkout.sessions.listLineItems(session.id);
    const line = present(data[0]).id;
    expect(() => submit(session.id, '4242424242424242', { quantities: { [line]: 6 } })).toThrow();
    const done = submit(session.id, '4242424242424242', {
      quantities: { [line]: 3 },
      promotionCode: 'quarter',
    });
    expect(done).toMatchObject({
      amount_subtotal: 6000,
      amount_total: 4500,
      total_details: { amount_discount: 1500 },
    });
  });

  test('a line can describe its price and its product', async () => {
    const { stripe } = running;
    const session = await open({
      line_items: [
        {
          price_data: {
            currency: 'usd',
            product_data: { name: 'Seat' },
            recurring: { interval: 'month' },
            unit_amount: 700,
          },
          quantity: 2,
        },
      ],
    });
    const { data } = await stripe.checkout.sessions.listLineItems(session.id);
    expect(data).toMatchObject([{ amount_total: 1400, description: 'Seat' }]);
  });

  test('an expired session says so and cannot be completed', async () => {
    const { stripe } = running;
    const session = await open();
    expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(() => submit(session.id, '4242424242424242')).toThrow(/no longer active/);
    expect((await running.eventTypes()).at(-1)).toBe('checkout.session.expired');
  });

  test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
    [
      'no success_url',
      { success_url: undefined },
      { code: 'parameter_missing', param: 'success_url' },
    ],
    [
      'no line items',
      { line_items: undefined },
      { code: 'parameter_missing', param: 'line_items' },
    ],
    [
      'a price that does not exist',
      { line_items: [{ price: 'price_none', quantity: 1 }] },
      { code: 'resource_missing', param: 'line_items[0][price]' },
    ],
    ['customer and e-mail', { customer: 'cus_1', customer_email: 'a@b.test' }, { statusCode: 400 }],
    [
      'promotion codes and discounts',
      { allow_promotion_codes: true, discounts: [{ coupon: 'x' }] },
      { statusCode: 400 },
    ],
    [
      'a trial end too near',
      { subscription_data: { trial_end: 1 } },
      { param: 'subscription_data[trial_end]' },
    ],
    ['an expiry too near', { expires_at: 1 }, { param: 'expires_at' }],
    ['customer_update alone', { customer_update: { name: 'auto' } }, { param: 'customer_update' }],
    [
      'a customer that does not exist',
      { customer: 'cus_none' },
      { code: 'resource_missing', param: 'customer' },
    ],
  ])('%s is refused', async (_what, params, error) => {
    await expect(open(params)).rejects.toMatchObject(error);
  });
});
