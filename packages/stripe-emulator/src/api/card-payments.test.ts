import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf } from '../../test/objects';

const running = emulatorForTests();

const payment = { amount: 2000, currency: 'usd' } as const;

function pay(card: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return running.stripe.paymentIntents.create({
    ...payment,
    payment_method: card,
    confirm: true,
    expand: ['latest_charge'],
    ...more,
  });
}

describe('confirming', () => {
  test('without a payment method is refused', async () => {
    const { stripe } = running;
    const { id } = await stripe.paymentIntents.create(payment);
    await expect(stripe.paymentIntents.confirm(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
      message: expect.stringContaining("because it's missing a payment method"),
      payment_intent: { id, status: 'requires_payment_method' },
      statusCode: 400,
    });
    await expect(stripe.paymentIntents.create({ ...payment, confirm: true })).rejects.toMatchObject(
      { code: 'payment_intent_unexpected_state' },
    );
  });

  test('with methods that may redirect needs a way back', async () => {
    const automatic = { automatic_payment_methods: { enabled: true } };
    await expect(pay('pm_card_visa', automatic)).rejects.toMatchObject({
      message: expect.stringContaining('you must provide a `return_url`'),
    });
    const never = { enabled: true, allow_redirects: 'never' } as const;
    const paid = await pay('pm_card_visa', { automatic_payment_methods: never });
    expect(paid.status).toBe('succeeded');
  });

  test('with the payment method of somebody else is refused', async () => {
    const { stripe } = running;
    const [ada, grace] = [await stripe.customers.create(), await stripe.customers.create()];
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: ada.id });
    for (const more of [{}, { customer: grace.id }]) {
      await expect(pay(card.id, more)).rejects.toMatchObject({ param: 'payment_method' });
    }
    expect((await pay(card.id, { customer: ada.id })).status).toBe('succeeded');
  });

  test('attaches a card that is to be used again, and uses up any other', async () => {
    const { stripe } = running;
    const { id: customer } = await stripe.customers.create();
    const kept = await pay('pm_card_visa', { customer, setup_future_usage: 'off_session' });
    const methods = await stripe.paymentMethods.list({ customer });
    expect(methods.data.map(({ id }) => id)).toEqual([idOf(kept.payment_method)]);

    const used = idOf((await pay('pm_card_visa', { customer })).payment_method);
    await expect(pay(used, { customer })).rejects.toMatchObject({
      message: expect.stringContaining('may not be used again'),
    });
  });

  test('takes a card that is described with the payment', async () => {
    // The SDK's types leave `card` to Stripe.js.
    const paid = await running.stripe.rawRequest('POST', '/v1/payment_intents', {
      ...payment,
      confirm: true,
      payment_method_data: { type: 'card', card: { token: 'tok_amex' } },
      expand: ['payment_method'],
    });
    expect(paid).toMatchObject({
      payment_method: { card: { brand: 'amex' } },
      status: 'succeeded',
    });
  });
});

describe('an amount', () => {
  test.each([
    [49, 'usd', 'amount_too_small', 'Amount must be at least $0.50 usd'],
    [29, 'gbp', 'amount_too_small', 'Amount must be at least £0.30 gbp'],
    [100_000_000, 'usd', 'amount_too_large', 'Amount must be no more than $999,999.99'],
  ])('of %s %s is refused', async (amount, currency, code, message) => {
    await expect(running.stripe.paymentIntents.create({ amount, currency })).rejects.toMatchObject({
      code,
      message,
      param: 'amount',
    });
  });
});

describe('Radar', () => {
  test('blocks the highest risk', async () => {
    for (const card of ['pm_card_radarBlock', 'pm_card_riskLevelHighest']) {
      const refusal = await pay(card).catch((error) => error);
      expect(refusal).toMatchObject({ code: 'card_declined', decline_code: 'fraudulent' });
      expect(await running.stripe.charges.retrieve(refusal.charge)).toMatchObject({
        outcome: { network_status: 'not_sent_to_network', risk_level: 'highest', type: 'blocked' },
        status: 'failed',
      });
    }
  });

  test('lets an elevated risk pass', async () => {
    expect(await pay('pm_card_riskLevelElevated')).toMatchObject({
      latest_charge: { outcome: { risk_level: 'elevated', type: 'authorized' } },
      status: 'succeeded',
    });
  });
});

describe('the checks of a bank', () => {
  const address = { line1: '1 Main Street', postal_code: '12345', country: 'US' };
  const details = { billing_details: { address } };

  function described(number: string, cvc?: string) {
    const card = { number, exp_month: 12, exp_year: 2040, ...(cvc && { cvc }) };
    return running.stripe.rawRequest('POST', '/v1/payment_intents', {
      ...payment,
      confirm: true,
      payment_method_data: { type: 'card', card, ...details },
      expand: ['latest_charge'],
    });
  }

  test.each([
    ['4242424242424242', 'pass', 'pass'],
    ['4000000000000036', 'pass', 'fail'],
    ['4000000000000028', 'fail', 'pass'],
    ['4000000000000010', 'fail', 'fail'],
    ['4000000000000044', 'unavailable', 'unavailable'],
  ])('of %s: line 1 %s, postal code %s', async (number, line1, postalCode) => {
    expect(await described(number, '123')).toMatchObject({
      latest_charge: {
        payment_method_details: {
          card: {
            checks: {
              address_line1_check: line1,
              address_postal_code_check: postalCode,
              cvc_check: 'pass',
            },
          },
        },
      },
    });
  });

  test.each(['4000000000000101', '4000000000000127'])(
    'of the security code of %s fail only when there is one',
    async (number) => {
      await expect(described(number, '123')).rejects.toMatchObject({ code: 'incorrect_cvc' });
      expect(await described(number)).toMatchObject({ status: 'succeeded' });
    },
  );
});

describe('declines', () => {
  test.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline', 'try_again_later'],
    [
      'pm_card_visa_chargeDeclinedInsufficientFunds',
      'card_declined',
      'insufficient_funds',
      'try_again_later',
    ],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card', 'do_not_try_again'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card', 'do_not_try_again'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card', 'confirm_card_data'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc', 'confirm_card_data'],
    [
      'pm_card_chargeDeclinedProcessingError',
      'processing_error',
      'processing_error',
      'try_again_later',
    ],
    [
      'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
      'card_declined',
      'card_velocity_exceeded',
      'try_again_later',
    ],
  ])('of %s', async (card, code, decline_code, advice_code) => {
    const { stripe } = running;
    await expect(pay(card)).rejects.toMatchObject({
      code,
      decline_code,
      raw: { advice_code },
      statusCode: 402,
    });
    const { id: customer } = await stripe.customers.create();
    await expect(stripe.paymentMethods.attach(card, { customer })).rejects.toMatchObject({ code });
  });

  test('come after attaching, with one card', async () => {
    const { stripe } = running;
    const { id: customer } = await stripe.customers.create();
    const { id } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await expect(pay(id, { customer })).rejects.toMatchObject({ code: 'card_declined' });
  });
});

describe('what the emulator does not have', () => {
  test.each([
    [{ payment_method: 'pm_card_unheard_of' }, 'pm_card_unheard_of'],
    [{ payment_method: 'pm_usBankAccount_success' }, 'pm_usBankAccount_success'],
    [{ payment_method_data: { type: 'sepa_debit' } }, 'sepa_debit'],
    [{ allowed_payment_method_types: ['klarna'] }, 'cards only'],
  ])('is refused in its name: %j', async (params, named) => {
    const attempt = running.stripe.rawRequest('POST', '/v1/payment_intents', {
      ...payment,
      ...params,
    });
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`emulator.*${named}`, 'i')),
      statusCode: 400,
    });
  });
});
