import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present } from '../../test/objects';

const running = emulatorForTests();

const payment = { amount: 2000, currency: 'usd' } as const;

function pay(card: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return running.stripe.paymentIntents.create({
    ...payment,
    payment_method: card,
    confirm: true,
    ...more,
  });
}

/** What the holder of a card answers their bank, and where that leads. */
async function answer(
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  authentication: 'complete' | 'fail',
): Promise<Response> {
  const url = present(intent.next_action?.redirect_to_url?.url);
  const page = await running.emulator.app.request(new URL(url).pathname);
  expect(await page.text()).toContain('Complete authentication');
  return running.emulator.app.request(new URL(url).pathname, {
    method: 'POST',
    body: new URLSearchParams({ authentication }),
  });
}

const back = { return_url: 'https://shop.example/done?order=7' };

describe('a card that asks its holder', () => {
  test('is paid once they have answered, and they are sent back', async () => {
    const { stripe } = running;
    const intent = await pay('pm_card_threeDSecure2Required', back);
    expect(intent).toMatchObject({
      latest_charge: null,
      next_action: { type: 'redirect_to_url', redirect_to_url: back },
      status: 'requires_action',
    });
    const reply = await answer(intent, 'complete');
    expect(reply.status).toBe(303);
    const to = new URL(present(reply.headers.get('location')));
    expect(Object.fromEntries(to.searchParams)).toEqual({
      order: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({
      latest_charge: {
        payment_method_details: {
          card: {
            three_d_secure: { authentication_flow: 'challenge', result: 'authenticated' },
          },
        },
      },
      next_action: null,
      status: 'succeeded',
    });
    expect(await running.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ]);
  });

  test('is not paid when they refuse, nor when they answer twice', async () => {
    const { stripe } = running;
    const intent = await pay('pm_card_threeDSecure2Required', back);
    const reply = await answer(intent, 'fail');
    expect(reply.headers.get('location')).toContain('redirect_status=failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      last_payment_error: { code: 'payment_intent_authentication_failure' },
      payment_method: null,
      status: 'requires_payment_method',
    });
    const url = new URL(present(intent.next_action?.redirect_to_url?.url));
    const again = await running.emulator.app.request(url.pathname, {
      method: 'POST',
      body: new URLSearchParams({ authentication: 'complete' }),
    });
    expect(await again.text()).toContain('Nothing to authenticate');
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(
      'requires_payment_method',
    );
  });

  test('is asked by Stripe.js where there is no way back', async () => {
    const intent = await pay('pm_card_threeDSecure2Required');
    expect(intent.next_action).toMatchObject({
      type: 'use_stripe_sdk',
      use_stripe_sdk: { stripe_js: expect.stringContaining(`${running.url}/a/test_`) },
    });
  });

  test('is declined after the answer, when it is that kind of card', async () => {
    const { stripe } = running;
    const intent = await pay('pm_card_threeDSecureRequiredChargeDeclined', back);
    const reply = await answer(intent, 'complete');
    expect(reply.headers.get('location')).toContain('redirect_status=failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      last_payment_error: { decline_code: 'generic_decline' },
    });
  });

  test('pays the invoice, and the subscription runs', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({
      at: '2027-04-01T00:00:00Z',
      card: 'pm_card_authenticationRequired',
    });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.payments'],
    });
    const [intent] = (await stripe.paymentIntents.list({ customer })).data;
    const confirmed = await stripe.paymentIntents.confirm(idOf(intent), {
      payment_method: 'pm_card_authenticationRequired',
      ...back,
    });
    await answer(confirmed, 'complete');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('off session', () => {
  /** A customer with a card, set up for later payments or not. */
  async function saved(card: string, isSetUp: boolean) {
    const { stripe } = running;
    const { id: customer } = await stripe.customers.create();
    if (!isSetUp) {
      const { id } = await stripe.paymentMethods.attach(card, { customer });
      return { customer, payment_method: id };
    }
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: card,
      confirm: true,
      ...back,
    });
    if (setup.status === 'requires_action') await answer(setup, 'complete');
    const done = await stripe.setupIntents.retrieve(setup.id);
    expect(done.status).toBe('succeeded');
    return { customer, payment_method: idOf(done.payment_method) };
  }

  const cases: [card: string, isSetUp: boolean, outcome: string][] = [
    ['pm_card_visa', false, 'succeeded'],
    ['pm_card_authenticationRequiredOnSetup', false, 'authentication_required'],
    ['pm_card_authenticationRequiredOnSetup', true, 'succeeded'],
    ['pm_card_authenticationRequired', true, 'authentication_required'],
    ['pm_card_authenticationRequiredSetupForOffSession', false, 'succeeded'],
    [
      'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
      false,
      'authentication_required',
    ],
    ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', true, 'insufficient_funds'],
  ];
  test.each(cases)('%s, set up: %s, comes to %s', async (card, isSetUp, outcome) => {
    const with_ = await saved(card, isSetUp);
    const attempt = running.stripe.paymentIntents.create({
      ...payment,
      ...with_,
      off_session: true,
      confirm: true,
    });
    if (outcome === 'succeeded') expect(await attempt).toMatchObject({ status: outcome });
    else await expect(attempt).rejects.toMatchObject({ decline_code: outcome, statusCode: 402 });
  });

  test('a decline for want of authentication leaves a payment that can be confirmed again', async () => {
    const { stripe } = running;
    const with_ = await saved('pm_card_authenticationRequired', false);
    const refusal = await stripe.paymentIntents
      .create({ ...payment, ...with_, off_session: true, confirm: true })
      .catch((error) => error);
    expect(refusal).toMatchObject({
      charge: expect.stringContaining('ch_'),
      code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
      payment_intent: { status: 'requires_payment_method' },
      payment_method: { id: with_.payment_method },
    });
    const again = await stripe.paymentIntents.confirm(refusal.payment_intent.id, {
      payment_method: with_.payment_method,
    });
    expect(again.status).toBe('requires_action');
  });

  test('is said only when confirming', async () => {
    await expect(
      running.stripe.paymentIntents.create({ ...payment, off_session: true }),
    ).rejects.toMatchObject({ param: 'off_session' });
  });
});

describe('3D Secure that a payment asks for', () => {
  const asked = { payment_method_options: { card: { request_three_d_secure: 'any' } } } as const;

  test.each([
    ['pm_card_threeDSecureOptional', { status: 'requires_action' }],
    ['pm_card_amex_threeDSecureNotSupported', { status: 'succeeded' }],
  ])('%s', async (card, outcome) => {
    expect(await pay(card, asked)).toMatchObject(outcome);
    expect(await pay(card)).toMatchObject({ status: 'succeeded' });
  });

  test('is noted by a bank that asks nobody', async () => {
    const intent = await pay('pm_card_visa', { ...asked, expand: ['latest_charge'] });
    expect(intent).toMatchObject({
      latest_charge: {
        payment_method_details: { card: { three_d_secure: { result: 'attempt_acknowledged' } } },
      },
    });
  });

  test('fails with an error', async () => {
    await expect(pay('pm_card_threeDSecureOptionalProcessingError', asked)).rejects.toMatchObject({
      code: 'card_declined',
    });
    await expect(pay('pm_card_threeDSecureRequiredProcessingError')).rejects.toMatchObject({
      code: 'card_declined',
    });
  });

  test('fails instead of asking when the payment cannot wait', async () => {
    await expect(
      pay('pm_card_threeDSecure2Required', { error_on_requires_action: true }),
    ).rejects.toMatchObject({ code: 'authentication_required' });
  });
});
