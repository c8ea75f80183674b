import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;
let stripe: Stripe;

beforeAll(async () => {
  loopback = await startEmulator();
  stripe = loopback.stripe;
});

afterAll(() => loopback.close());

async function eventTypes(limit: number): Promise<string[]> {
  return (await stripe.events.list({ limit })).data.map(({ type }) => type).reverse();
}

describe('customers', () => {
  test('have every field, nested ones in full', async () => {
    const customer = await stripe.customers.create({
      address: { line1: '1 Main', city: 'Berlin', country: 'de' },
      shipping: { name: 'Ada', address: { line1: '1 Main' } },
      preferred_locales: ['en-US', 'de'],
    });
    expect(customer).toMatchObject({
      object: 'customer',
      address: { city: 'Berlin', country: 'DE', line2: null, postal_code: null, state: null },
      balance: 0,
      currency: null,
      default_source: null,
      delinquent: false,
      invoice_settings: { default_payment_method: null, rendering_options: null },
      preferred_locales: ['en-US', 'de'],
      shipping: { name: 'Ada', phone: null, address: { line1: '1 Main', city: null } },
      tax_exempt: 'none',
      test_clock: null,
    });
  });

  test('merge an address field by field and empty what is emptied', async () => {
    const { id } = await stripe.customers.create({
      address: { line1: '1 Main', city: 'Berlin' },
      name: 'Ada',
    });
    const updated = await stripe.customers.update(id, { address: { city: 'Munich' }, name: '' });
    expect(updated).toMatchObject({ address: { line1: '1 Main', city: 'Munich' }, name: null });
    expect((await stripe.customers.update(id, { address: '' })).address).toBeNull();
  });

  test('leave a stub behind when they are deleted, and their cards with nobody', async () => {
    const { id } = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const [card] = (await stripe.customers.listPaymentMethods(id)).data;
    expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true });
    expect(await stripe.customers.retrieve(id)).toEqual({ id, object: 'customer', deleted: true });
    expect((await stripe.paymentMethods.retrieve(card?.id ?? '')).customer).toBeNull();
    await expect(stripe.customers.update(id, { name: 'x' })).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    const [event] = (await stripe.events.list({ type: 'customer.deleted' })).data;
    expect(event?.data.object).toMatchObject({ id, email: null });
    expect(event?.data.object).not.toHaveProperty('deleted');
  });

  test('are made with a card that is theirs by default', async () => {
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_mastercard',
      invoice_settings: { default_payment_method: 'pm_card_mastercard' },
    });
    expect(await eventTypes(2)).toEqual(['customer.created', 'payment_method.attached']);
    const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect(card?.card).toMatchObject({ brand: 'mastercard', last4: '4444' });
    expect(customer.invoice_settings.default_payment_method).toBe(card?.id);
  });

  test('are not made when their card is declined', async () => {
    await expect(
      stripe.customers.create({ email: 'never@a.test', payment_method: 'pm_card_chargeDeclined' }),
    ).rejects.toMatchObject({ type: 'StripeCardError', decline_code: 'generic_decline' });
    expect((await stripe.customers.list({ email: 'never@a.test' })).data).toEqual([]);
  });

  test('have tax ids, which a register looks up', async () => {
    const { id } = await stripe.customers.create({ name: 'Ada GmbH' });
    const taxId = await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' });
    expect(taxId).toMatchObject({
      country: 'DE',
      customer: id,
      owner: { type: 'customer', customer: id },
      verification: { status: 'pending' },
    });
    await loopback.control('POST', 'clock', { advance: { seconds: 5 } });
    expect((await stripe.customers.retrieveTaxId(id, taxId.id)).verification).toMatchObject({
      status: 'verified',
      verified_name: 'Ada GmbH',
    });
    expect(await eventTypes(2)).toEqual(['customer.tax_id.created', 'customer.tax_id.updated']);
    const expanded = await stripe.customers.retrieve(id, { expand: ['tax_ids'] });
    expect(expanded).toMatchObject({ tax_ids: { object: 'list', data: [{ id: taxId.id }] } });
    await expect(
      stripe.customers.createTaxId(id, { type: 'eu_vat', value: '12' }),
    ).rejects.toMatchObject({ code: 'tax_id_invalid' });
    expect(await stripe.customers.deleteTaxId(id, taxId.id)).toMatchObject({ deleted: true });
  });

  test('have tax ids by the owner’s name, too', async () => {
    const { id } = await stripe.customers.create({ name: 'Ada GmbH' });
    const kind = { type: 'eu_vat', value: 'DE123456789' } as const;
    const owner = { type: 'customer', customer: id } as const;
    const taxId = await stripe.taxIds.create({ ...kind, owner });
    expect((await stripe.customers.listTaxIds(id)).data).toEqual([taxId]);
    expect(await stripe.taxIds.del(taxId.id)).toEqual({
      id: taxId.id,
      object: 'tax_id',
      deleted: true,
    });
    expect((await stripe.customers.listTaxIds(id)).data).toEqual([]);
    await expect(
      stripe.taxIds.create({ ...kind, owner: { type: 'customer' } }),
    ).rejects.toMatchObject({ code: 'parameter_missing', param: 'owner[customer]' });
    for (const own of [{}, { owner: { type: 'self' } as const }]) {
      await expect(stripe.taxIds.create({ ...kind, ...own })).rejects.toThrow(/The emulator/);
    }
  });

  test('can be Accounts', async () => {
    const account = await stripe.accounts.create({ email: 'acct@a.test' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', {
      customer_account: account.id,
    });
    expect(method.customer_account).toBe(account.id);
    const customer = await stripe.customers.retrieve(String(method.customer));
    expect(customer).toMatchObject({ customer_account: account.id, email: 'acct@a.test' });
  });
});

describe('payment methods', () => {
  test('of a published test id are new ones each time', async () => {
    const { id: customer } = await stripe.customers.create();
    const one = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const two = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect(one.id).not.toBe(two.id);
    expect(one.card).toMatchObject({
      brand: 'visa',
      checks: { cvc_check: 'pass' },
      display_brand: 'visa',
      funding: 'credit',
      generated_from: null,
      last4: '4242',
      networks: { available: ['visa'], preferred: null },
      wallet: null,
    });
    expect(one.card?.fingerprint).toBe(two.card?.fingerprint);
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(2);
  });

  test('let go of are nobody’s default, and cannot be attached again', async () => {
    const { id: customer } = await stripe.customers.create();
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    expect((await stripe.paymentMethods.detach(id)).customer).toBeNull();
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    const [event] = (await stripe.events.list({ type: 'payment_method.detached' })).data;
    expect(event?.data).toMatchObject({
      object: { customer: null },
      previous_attributes: { customer },
    });
    await expect(stripe.paymentMethods.attach(id, { customer })).rejects.toMatchObject({
      message: expect.stringMatching(/was detached from a Customer, and may not be used again/),
    });
  });

  test('of another customer are refused', async () => {
    const { id: customer } = await stripe.customers.create();
    const { id: other } = await stripe.customers.create();
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await expect(stripe.paymentMethods.attach(id, { customer: other })).rejects.toMatchObject({
      message: 'The payment method you provided has already been attached to a customer.',
    });
    await expect(
      stripe.customers.update(other, { invoice_settings: { default_payment_method: id } }),
    ).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'invoice_settings[default_payment_method]',
    });
  });

  test.each([
    [{ number: '4242424242424241', exp_month: 1, exp_year: 2040 }, 'incorrect_number'],
    [{ number: '4242424242424242', exp_month: 13, exp_year: 2040 }, 'invalid_expiry_month'],
    [{ number: '4242424242424242', exp_month: 1, exp_year: 2020 }, 'invalid_expiry_year'],
    [{ number: '4242424242424242', exp_month: 1, exp_year: 2040, cvc: '1' }, 'invalid_cvc'],
  ])('with a wrong number, expiry or code are refused as %s', async (card, code) => {
    await expect(stripe.paymentMethods.create({ type: 'card', card })).rejects.toMatchObject({
      type: 'StripeCardError',
      code,
    });
  });
});

describe('setup intents', () => {
  test('attach the card they are confirmed with', async () => {
    const { id: customer } = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    expect(intent).toMatchObject({ status: 'succeeded', customer, usage: 'off_session' });
    expect(await eventTypes(3)).toEqual([
      'setup_intent.created',
      'payment_method.attached',
      'setup_intent.succeeded',
    ]);
    const method = await stripe.paymentMethods.retrieve(String(intent.payment_method));
    expect(method.customer).toBe(customer);
  });

  test('ask for authentication where the card does', async () => {
    const intent = await stripe.setupIntents.create({
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
    });
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk' },
    });
  });

  test('keep the failed try on record', async () => {
    const intent = await stripe.setupIntents.create();
    await expect(
      stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }),
    ).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
    expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: { code: 'card_declined', decline_code: 'generic_decline' },
    });
    expect(await eventTypes(1)).toEqual(['setup_intent.setup_failed']);
  });

  test('are over when they are canceled', async () => {
    const intent = await stripe.setupIntents.create({ payment_method: 'pm_card_visa' });
    expect(await stripe.setupIntents.cancel(intent.id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.setupIntents.confirm(intent.id)).rejects.toMatchObject({
      code: 'setup_intent_unexpected_state',
      message: 'You cannot confirm this SetupIntent because it has been canceled.',
    });
  });
});
