import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf, present, recurringPrice } from '../../test/objects';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

type Params = Stripe.BillingPortal.SessionCreateParams;

let running: TestEmulator;
/** Ids of what the tests refer to, by name. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  running = await startEmulator();
  const { stripe } = running;
  const price = await recurringPrice(stripe);
  const product = idOf(price.product);
  const offered = await stripe.prices.create({
    product,
    currency: 'usd',
    unit_amount: 20_000,
    recurring: { interval: 'year' },
  });
  const other = await recurringPrice(stripe, { name: 'Other' });
  const [customer, stranger] = await Promise.all([subscriber(price.id), subscriber(price.id)]);
  const everything = await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ['email'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true },
      subscription_pause: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'quantity'],
        products: [{ product, prices: [price.id, offered.id] }],
      },
    },
  });
  const nothing = await stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  const canceling = await subscriber(price.id);
  await stripe.subscriptions.update(canceling.subscription, { cancel_at: 'max_period_end' });
  const canceled = await subscriber(price.id);
  await stripe.subscriptions.cancel(canceled.subscription);
  Object.assign(ids, {
    price: price.id,
    offered: offered.id,
    other: other.id,
    everything: everything.id,
    nothing: nothing.id,
    ...customer,
    stranger: stranger.subscription,
    canceling: canceling.customer,
    cancelingSubscription: canceling.subscription,
    canceled: canceled.customer,
    canceledSubscription: canceled.subscription,
  });
});
afterAll(() => running.close());

async function subscriber(price: string) {
  const { stripe } = running;
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price }],
  });
  return {
    customer: customer.id,
    subscription: subscription.id,
    item: present(subscription.items.data[0]).id,
  };
}

/** The id that a test case names; the cases are written before the ids are known. */
function id(name: string): string {
  return present(ids[name]);
}

function create(params: Params) {
  return running.stripe.billingPortal.sessions.create({
    customer: id('customer'),
    configuration: id('everything'),
    return_url: 'https://app.test/billing',
    ...params,
  });
}

describe('portal sessions', () => {
  test('have every field', async () => {
    const session = await create({ locale: 'nb' });
    expect(session).toMatchObject({
      id: expect.stringMatching(/^bps_/),
      object: 'billing_portal.session',
      after_expiration: null,
      configuration: id('everything'),
      customer: id('customer'),
      customer_account: null,
      flow: null,
      livemode: false,
      locale: 'nb',
      on_behalf_of: null,
      return_url: 'https://app.test/billing',
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/p\/session\/test_[\w-]+$/),
    });
    const expanded = await create({ expand: ['configuration'] });
    expect(expanded.configuration).toMatchObject({ object: 'billing_portal.configuration' });
  });

  test.each<[string, () => Params['flow_data'], object]>([
    ['payment_method_update', () => ({ type: 'payment_method_update' }), {}],
    ['customer_update', () => ({ type: 'customer_update' }), { customer_update: {} }],
    [
      'subscription_cancel',
      () => ({
        type: 'subscription_cancel',
        subscription_cancel: { subscription: id('subscription') },
        after_completion: { type: 'redirect', redirect: { return_url: 'https://app.test/bye' } },
      }),
      {
        subscription_cancel: { retention: null },
        after_completion: { type: 'redirect', redirect: { return_url: 'https://app.test/bye' } },
      },
    ],
    [
      'subscription_pause',
      () => ({
        type: 'subscription_pause',
        subscription_pause: { subscription: id('subscription') },
      }),
      { after_completion: { type: 'portal_homepage', redirect: null, hosted_confirmation: null } },
    ],
    [
      'subscription_update',
      () => ({
        type: 'subscription_update',
        subscription_update: { subscription: id('subscription') },
      }),
      { subscription_cancel: null, subscription_update_confirm: null },
    ],
    [
      'subscription_update_confirm',
      () => ({
        type: 'subscription_update_confirm',
        subscription_update_confirm: {
          subscription: id('subscription'),
          items: [{ id: id('item'), price: id('offered') }],
        },
        after_completion: {
          type: 'hosted_confirmation',
          hosted_confirmation: { custom_message: 'Thank you' },
        },
      }),
      { after_completion: { hosted_confirmation: { custom_message: 'Thank you' } } },
    ],
  ])('take the flow %s', async (type, flow_data, shown) => {
    const { flow } = await create({ flow_data: flow_data() });
    expect(flow).toMatchObject({ type, ...shown });
  });

  test.each<[string, () => Params, object]>([
    [
      'an unknown customer',
      () => ({ customer: 'cus_none' }),
      { statusCode: 400, code: 'resource_missing', param: 'customer' },
    ],
    [
      'no customer',
      () => ({ customer: undefined }),
      { code: 'parameter_missing', param: 'customer' },
    ],
    [
      'an empty customer',
      () => ({ customer: '' }),
      { code: 'parameter_invalid_empty', param: 'customer' },
    ],
    [
      'no return_url anywhere',
      () => ({ return_url: undefined }),
      { statusCode: 400, message: expect.stringMatching(/return_url.*default_return_url/) },
    ],
    [
      'an invalid return_url',
      () => ({ return_url: 'billing' }),
      { code: 'url_invalid', param: 'return_url', message: 'Not a valid URL' },
    ],
    [
      'no configuration',
      () => ({ configuration: undefined }),
      {
        statusCode: 400,
        message: expect.stringMatching(
          /^No configuration provided and your test mode default configuration/,
        ),
      },
    ],
    [
      'a bad locale',
      () => ({ locale: 'tlh' }),
      { param: 'locale', message: expect.stringMatching(/^Invalid locale: must be one of/) },
    ],
    [
      'updates that are off',
      () => ({
        configuration: id('nothing'),
        flow_data: {
          type: 'subscription_update',
          subscription_update: { subscription: id('subscription') },
        },
      }),
      {
        statusCode: 400,
        message: expect.stringMatching(
          /subscription update feature in the portal configuration is disabled/,
        ),
      },
    ],
    [
      'cancellation that is off',
      () => ({
        configuration: id('nothing'),
        flow_data: {
          type: 'subscription_cancel',
          subscription_cancel: { subscription: id('subscription') },
        },
      }),
      { message: expect.stringMatching(/cancellation feature .* disabled/) },
    ],
    [
      'cancelling twice',
      () => ({
        customer: id('canceling'),
        flow_data: {
          type: 'subscription_cancel',
          subscription_cancel: { subscription: id('cancelingSubscription') },
        },
      }),
      { message: expect.stringMatching(/already set to be canceled at period end/) },
    ],
    [
      'cancelling what has ended',
      () => ({
        customer: id('canceled'),
        flow_data: {
          type: 'subscription_cancel',
          subscription_cancel: { subscription: id('canceledSubscription') },
        },
      }),
      { message: expect.stringMatching(/cannot be canceled or updated/) },
    ],
    [
      "somebody else's subscription",
      () => ({
        flow_data: {
          type: 'subscription_cancel',
          subscription_cancel: { subscription: id('stranger') },
        },
      }),
      {
        code: 'resource_missing',
        param: 'flow_data[subscription_cancel][subscription]',
        message: expect.stringMatching(/^No such subscription: 'sub_/),
      },
    ],
    [
      'a confirmation without change',
      () => ({
        flow_data: {
          type: 'subscription_update_confirm',
          subscription_update_confirm: {
            subscription: id('subscription'),
            items: [{ id: id('item'), price: id('price'), quantity: 1 }],
          },
        },
      }),
      { message: expect.stringMatching(/no changes to confirm/) },
    ],
    [
      'a price that is not offered',
      () => ({
        flow_data: {
          type: 'subscription_update_confirm',
          subscription_update_confirm: {
            subscription: id('subscription'),
            items: [{ id: id('item'), price: id('other') }],
          },
        },
      }),
      { param: 'flow_data[subscription_update_confirm][items][0][price]' },
    ],
    [
      'a flow without its details',
      () => ({ flow_data: { type: 'subscription_cancel' } }),
      { code: 'parameter_missing', param: 'flow_data[subscription_cancel]' },
    ],
    [
      'an unknown flow',
      () => ({ flow_data: { type: 'subscription_upgrade' } }),
      { param: 'flow_data[type]', message: expect.stringMatching(/must be one of/) },
    ],
    ['an unknown account', () => ({ on_behalf_of: 'acct_none' }), { param: 'on_behalf_of' }],
  ])('refuse %s', async (_what, params, error) => {
    await expect(create(params())).rejects.toMatchObject(error);
  });

  test('refuse what they do not know, with a suggestion', async () => {
    const unknown = Object.assign({ returnurl: 'x' });
    await expect(create(unknown)).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'returnurl',
      message: expect.stringMatching(/^Received unknown parameter: returnurl/),
    });
  });

  test('refuse a deleted customer and one of the other mode', async () => {
    const { stripe, emulator } = running;
    const gone = await stripe.customers.create();
    await stripe.customers.del(gone.id);
    await expect(create({ customer: gone.id })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'customer',
    });
    const live = emulator.call('live', 'POST', '/v1/customers');
    await expect(create({ customer: String(live.id) })).rejects.toMatchObject({
      code: 'resource_missing',
      message: expect.stringMatching(/a similar object exists in live mode/),
    });
  });
});
