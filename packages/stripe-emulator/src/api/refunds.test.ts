import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let stripe: Stripe;
let price: string;
let charge: Stripe.Charge;

beforeAll(async () => {
  loopback = await startEmulator();
  stripe = loopback.stripe;
  const product_data = { name: 'Pro' };
  const made = await stripe.prices.create({
    currency: 'usd',
    product_data,
    recurring: { interval: 'month' },
    unit_amount: 2000,
  });
  price = made.id;
});

afterAll(() => loopback.close());

/** Each test has a charge of $20.00 of its own, and the invoice it paid. */
beforeEach(async () => {
  const customer = await subscriber('pm_card_visa');
  const charges = await stripe.charges.list({ customer });
  charge = charges.data[0] ?? expect.fail('nothing was charged');
});

async function subscriber(card: string): Promise<string> {
  const { id } = await stripe.customers.create({
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });
  await stripe.subscriptions.create({ customer: id, items: [{ price }] });
  return id;
}

describe('a refund', () => {
  test('gives a part back, then the rest, and says so of the charge', async () => {
    const part = await stripe.refunds.create({
      charge: charge.id,
      amount: 500,
      reason: 'requested_by_customer',
    });
    expect(part).toMatchObject({
      object: 'refund',
      amount: 500,
      charge: charge.id,
      currency: 'usd',
      payment_intent: charge.payment_intent,
      reason: 'requested_by_customer',
      status: 'succeeded',
    });
    const rest = await stripe.refunds.create({ payment_intent: String(charge.payment_intent) });
    expect(rest.amount).toBe(1500);

    const after = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    expect(after).toMatchObject({ amount_refunded: 2000, refunded: true });
    expect(after.refunds?.data.map(({ id }) => id)).toEqual([rest.id, part.id]);
    const [event] = (await stripe.events.list({ type: 'charge.refunded', limit: 1 })).data;
    expect(event?.data.previous_attributes).toEqual({ amount_refunded: 500, refunded: false });
  });

  test('leaves the invoice paid', async () => {
    await stripe.refunds.create({ charge: charge.id });
    const invoices = await stripe.invoices.list({ customer: String(charge.customer) });
    expect(invoices.data.map(({ status }) => status)).toEqual(['paid']);
  });

  test('is listed by charge and payment, and carries metadata', async () => {
    const { id } = await stripe.refunds.create({ charge: charge.id });
    await stripe.refunds.update(id, { metadata: { ticket: '9' } });
    const by = [{ charge: charge.id }, { payment_intent: String(charge.payment_intent) }];
    for (const filter of by) {
      const listed = await stripe.refunds.list(filter);
      expect(listed.data).toMatchObject([{ id, metadata: { ticket: '9' } }]);
    }
    expect(await stripe.refunds.retrieve(id, { expand: ['charge'] })).toMatchObject({
      charge: { id: charge.id, refunded: true },
    });
  });

  const refusals: [title: string, params: () => object, refusal: object][] = [
    ['of nothing', () => ({}), { message: expect.stringContaining('payment_intent or charge') }],
    [
      'of both a charge and a payment',
      () => ({ charge: charge.id, payment_intent: String(charge.payment_intent) }),
      { param: 'charge' },
    ],
    [
      'of a charge that does not exist',
      () => ({ charge: 'ch_nope' }),
      { code: 'resource_missing', param: 'charge' },
    ],
    [
      'of more than was paid',
      () => ({ charge: charge.id, amount: 2001 }),
      {
        param: 'amount',
        message: 'Refund amount ($20.01) is greater than unrefunded amount on charge ($20.00)',
      },
    ],
    ['of less than nothing', () => ({ charge: charge.id, amount: 0 }), { param: 'amount' }],
  ];
  test.each(refusals)('%s is refused', async (_title, params, refusal) => {
    await expect(stripe.refunds.create(params())).rejects.toMatchObject({
      statusCode: 400,
      ...refusal,
    });
  });

  test('cannot be given twice, nor of a payment that failed', async () => {
    await stripe.refunds.create({ charge: charge.id });
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
    const customer = await subscriber('pm_card_chargeCustomerFail');
    const [failed] = (await stripe.charges.list({ customer })).data;
    await expect(
      stripe.refunds.create({ payment_intent: String(failed?.payment_intent) }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('does not have a successful charge'),
    });
  });
});

describe('who copies a whole account', () => {
  test('finds recurring prices as plans', async () => {
    await stripe.prices.create({ currency: 'usd', product_data: { name: 'Once' }, unit_amount: 1 });
    const plans = await stripe.plans.list({ expand: ['data.product'] });
    expect(plans.data).toMatchObject([
      { id: price, object: 'plan', amount: 2000, interval: 'month', product: { name: 'Pro' } },
    ]);
    expect((await stripe.plans.retrieve(price)).id).toBe(price);
  });

  test('finds the tax ids of a customer by their owner', async () => {
    const { id } = await stripe.customers.create({
      tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    });
    const owner = { type: 'customer', customer: id } as const;
    const [taxId] = (await stripe.taxIds.list({ owner })).data;
    expect(taxId).toMatchObject({ customer: id, value: 'DE123456789' });
    expect((await stripe.taxIds.retrieve(String(taxId?.id))).type).toBe('eu_vat');
  });
});
