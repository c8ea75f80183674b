import { afterAll, describe, expect, test } from 'vitest';
import { API_VERSION, API_VERSIONS, endpointShape, objectShape } from '../src/core/surface';
import { resources } from '../src/resources';
import { emulatorForTests } from './emulator-for-tests';
import { formerSdk } from './former-sdks';
import { advance, idOf, seconds } from './objects';
import { type Receiver, startReceiver } from './receiver';
import { startEmulator } from './start-emulator';
import { Visitor } from './visitor';

const running = emulatorForTests();
const receivers: Receiver[] = [];

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
});

async function receiver(): Promise<Receiver> {
  const started = await startReceiver();
  receivers.push(started);
  return started;
}

/** A request with a version of its own. */
async function ask(version: string, method: string, path: string, body?: string) {
  const response = await fetch(`${running.url}/v1/${path}`, {
    method,
    body,
    headers: {
      authorization: 'Bearer sk_test_emulator',
      'stripe-version': version,
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
  });
  const json: unknown = await response.json();
  return { status: response.status, version: response.headers.get('stripe-version'), json };
}

async function subscribed(monthly = 2000) {
  const { stripe } = running;
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const price = await running.recurringPrice({ amount: monthly });
  return { customer: customer.id, price: price.id };
}

/** The first object of each kind in a reply. */
function collect(value: unknown, found: Map<string, object>): void {
  if (typeof value !== 'object' || value === null) return;
  const kind = 'object' in value ? value.object : undefined;
  if (typeof kind === 'string' && !found.has(kind)) found.set(kind, value);
  for (const inner of Object.values(value)) collect(inner, found);
}

test('usage records are refused in the name of the emulator where a version has them', async () => {
  const body =
    'currency=usd&unit_amount=2&product_data[name]=Calls&recurring[interval]=month&recurring[usage_type]=metered';
  for (const [version, words] of [
    ['2024-06-20', /^The emulator does not support usage records/],
    ['2025-03-31.basil', /must be backed by a meter/],
  ] as const) {
    expect(await ask(version, 'POST', 'prices', body)).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(words), param: 'recurring[meter]' } },
    });
  }
});

describe('the version of a request', () => {
  test.each(API_VERSIONS)('%s is understood and said again', async (version) => {
    const reply = await ask(version, 'GET', 'customers?limit=1');
    expect(reply).toMatchObject({ status: 200, version });
  });

  test.each([
    ['2023-10-16', /does not support the API version 2023-10-16.*oldest.*2024-06-20/],
    ['2031-01-01.lily', /does not know the API version 2031-01-01.lily/],
    ['2025-04-30.preview', /does not know the API version 2025-04-30.preview/],
    ['yesterday', /^Invalid Stripe API version: yesterday$/],
  ])('%s is refused', async (version, message) => {
    const { json, status } = await ask(version, 'GET', 'customers');
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringMatching(message) },
    });
  });

  test('decides which parameters and endpoints there are', async () => {
    const { customer, price } = await subscribed();
    const body = `customer=${customer}&items[0][price]=${price}&billing_mode[type]=flexible`;
    expect(await ask('2024-06-20', 'POST', 'subscriptions', body)).toMatchObject({
      status: 400,
      json: {
        error: {
          code: 'parameter_unknown',
          param: 'billing_mode',
          message: expect.stringContaining('Stripe has it since version 2025-06-30.basil'),
        },
      },
    });
    expect(await ask('2025-06-30.basil', 'POST', 'subscriptions', body)).toMatchObject({
      status: 200,
      json: { billing_mode: { type: 'flexible' } },
    });
    expect((await ask(API_VERSION, 'GET', `invoices/upcoming?customer=${customer}`)).status).toBe(
      404,
    );
    expect((await ask('2024-06-20', 'GET', 'quotes')).json).toMatchObject({
      error: { message: 'The emulator does not support GET /v1/quotes yet.' },
    });
  });
});

describe('an app of 2024 (stripe 16, version 2024-06-20)', () => {
  test('reads periods, payments, prices and taxes where they were', async () => {
    const stripe = formerSdk('stripe-16', running.url);
    const { customer, price } = await subscribed();
    const rate = await stripe.taxRates.create({
      display_name: 'VAT',
      percentage: 25,
      inclusive: false,
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      default_tax_rates: [rate.id],
      metadata: { team: 'one' },
      expand: ['latest_invoice.payment_intent', 'latest_invoice.charge'],
    });
    const day = 86_400;
    expect(subscription).toMatchObject({
      status: 'active',
      current_period_start: subscription.start_date,
      discount: null,
      latest_invoice: {
        paid: true,
        paid_out_of_band: false,
        subscription: subscription.id,
        subscription_details: { metadata: { team: 'one' } },
        tax: 500,
        total_tax_amounts: [{ amount: 500, inclusive: false, tax_rate: rate.id }],
        payment_intent: { object: 'payment_intent', status: 'succeeded', amount: 2500 },
        charge: { object: 'charge', paid: true },
        lines: {
          data: [
            {
              type: 'subscription',
              proration: false,
              price: { id: price, recurring: { aggregate_usage: null } },
              plan: { object: 'plan', amount: 2000 },
              subscription: subscription.id,
              subscription_item: subscription.items.data[0]?.id,
              tax_amounts: [{ amount: 500, tax_rate: rate.id }],
              amount_excluding_tax: 2000,
              unit_amount_excluding_tax: '2000',
            },
          ],
        },
      },
    });
    const read: Record<string, unknown> = { ...subscription };
    expect(Number(read.current_period_end)).toBeGreaterThan(subscription.start_date + 27 * day);
    for (const name of ['billing_mode', 'customer_account', 'billing_schedules']) {
      expect(read).not.toHaveProperty(name);
    }
    expect(subscription.items.data[0]).not.toHaveProperty('current_period_end');
    expect(subscription.latest_invoice).not.toHaveProperty('parent');
    const intents = await stripe.paymentIntents.list({ customer, expand: ['data.invoice'] });
    expect(intents.data).toMatchObject([{ invoice: { subscription: subscription.id } }]);
    const charges = await stripe.charges.list({ customer });
    expect(charges.data).toMatchObject([{ invoice: idOf(subscription.latest_invoice) }]);
  });

  test('gives discounts as coupons, and reads them whole', async () => {
    const stripe = formerSdk('stripe-16', running.url);
    const { customer, price } = await subscribed();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
    const { json: code } = await ask(
      '2024-06-20',
      'POST',
      'promotion_codes',
      `coupon=${coupon.id}`,
    );
    expect(code).toMatchObject({ coupon: { id: coupon.id, percent_off: 50 } });
    expect(code).not.toHaveProperty('promotion');
    const request: object = { coupon: coupon.id };
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      expand: ['latest_invoice', 'discounts'],
      ...request,
    });
    expect(subscription).toMatchObject({
      discount: { coupon: { id: coupon.id, percent_off: 50 }, subscription: subscription.id },
      discounts: [{ coupon: { id: coupon.id } }],
      latest_invoice: { total: 1000, discount: { coupon: { id: coupon.id } } },
    });
    const misspelt: object = { coupon: 'no_such_coupon' };
    await expect(stripe.subscriptions.update(subscription.id, misspelt)).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'coupon',
    });
    const without: object = { coupon: '' };
    expect(await stripe.subscriptions.update(subscription.id, without)).toMatchObject({
      discount: null,
      discounts: [],
    });
  });

  test('previews the upcoming invoice by its own endpoint', async () => {
    const { customer, price } = await subscribed(3000);
    const { stripe } = running;
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    const { json } = await ask('2024-06-20', 'GET', `invoices/upcoming?customer=${customer}`);
    expect(json).toMatchObject({
      object: 'invoice',
      total: 3000,
      paid: false,
      payment_intent: null,
    });
    expect(json).not.toHaveProperty('id');
    const lines = await ask(
      '2024-06-20',
      'GET',
      `invoices/upcoming/lines?limit=1&customer=${customer}`,
    );
    expect(lines.json).toMatchObject({
      object: 'list',
      data: [{ object: 'line_item', price: { id: price } }],
    });
    await expect(
      ask('2024-06-20', 'GET', `invoices/upcoming?customer=${customer}&subscription_trial_end=x`),
    ).resolves.toMatchObject({ json: { error: { param: 'subscription_trial_end' } } });
  });

  test('adds invoice items by their price', async () => {
    const { customer } = await subscribed();
    const { stripe } = running;
    const once = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 700,
      product_data: { name: 'Setup' },
    });
    const item = await ask(
      '2024-06-20',
      'POST',
      'invoiceitems',
      `customer=${customer}&price=${once.id}`,
    );
    expect(item.json).toMatchObject({
      price: { id: once.id },
      plan: null,
      unit_amount: 700,
      unit_amount_decimal: '700',
      subscription: null,
    });
    expect(item.json).not.toHaveProperty('pricing');
  });

  test('is billed in the classic way and cancels by the flag', async () => {
    const stripe = formerSdk('stripe-16', running.url);
    const { customer, price } = await subscribed();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    expect((await running.stripe.subscriptions.retrieve(id)).billing_mode.type).toBe('classic');
    const canceled = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const read: Record<string, unknown> = { ...canceled };
    expect(read).toMatchObject({ cancel_at_period_end: true, cancel_at: read.current_period_end });
  });

  test('cannot expand what is there only now', async () => {
    const stripe = formerSdk('stripe-16', running.url);
    await expect(stripe.invoices.list({ expand: ['data.payments'] })).rejects.toThrow(
      'This property cannot be expanded',
    );
  });

  test('reads the payment of a declined card in the error', async () => {
    const stripe = formerSdk('stripe-16', running.url);
    const former: object = { payment_method_types: ['card'] };
    const declined = stripe.paymentIntents.create({
      ...former,
      amount: 1000,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_chargeDeclined',
    });
    const error: { payment_intent?: object } = await declined.catch((reason) => reason);
    expect(error).toMatchObject({ code: 'card_declined', payment_intent: { invoice: null } });
    expect(error.payment_intent).not.toHaveProperty('allowed_payment_method_types');
  });
});

describe('an app of 2025 (stripe 18, version 2025-04-30.basil)', () => {
  test('sells from sign-up to cancellation, with payment_method_types and webhooks', async () => {
    const stripe = formerSdk('stripe-18', running.url);
    const app = await receiver();
    const endpoint = await stripe.webhookEndpoints.create({
      url: app.url,
      enabled_events: ['checkout.session.completed', 'customer.subscription.updated'],
      api_version: '2025-04-30.basil',
    });
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    const price = await running.recurringPrice();
    await running.emulator.control.savePortalSettings();
    const former: object = { payment_method_types: ['card'], ui_mode: 'hosted' };
    const session = await stripe.checkout.sessions.create({
      ...former,
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      subscription_data: { trial_period_days: 14 },
      allow_promotion_codes: true,
      success_url: 'https://app.example/done?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://app.example/pricing',
    });
    expect(session).toMatchObject({ payment_method_types: ['card'], ui_mode: 'hosted' });
    expect(session).not.toHaveProperty('allowed_payment_method_types');

    const visitor = new Visitor();
    await visitor.open(session.url ?? '');
    await visitor.press('Start trial', CARD);
    const [completed] = await app.until(1);
    const event = stripe.webhooks.constructEvent(
      completed?.body ?? '',
      completed?.signature ?? '',
      endpoint.secret ?? '',
    );
    expect(event).toMatchObject({
      type: 'checkout.session.completed',
      api_version: '2025-04-30.basil',
      data: { object: { id: session.id, ui_mode: 'hosted', status: 'complete' } },
    });
    expect(event.data.object).not.toHaveProperty('allowed_payment_method_types');

    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'customer'],
    });
    expect(done).toMatchObject({
      customer: { id: customer.id, email: 'ada@example.com' },
      subscription: { status: 'trialing', items: { data: [{ price: { id: price.id } }] } },
    });
    const portal = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'https://app.example/billing',
    });
    await visitor.open(portal.url);
    await visitor.follow('Cancel subscription');
    await visitor.press('Cancel subscription');
    const seen = (await app.until(2)).map(({ body }) => JSON.parse(body)).at(-1);
    expect(seen).toMatchObject({
      type: 'customer.subscription.updated',
      api_version: '2025-04-30.basil',
      data: {
        object: { id: idOf(done.subscription), cancel_at_period_end: true },
        previous_attributes: { cancel_at: null, cancel_at_period_end: false },
      },
    });
    expect(seen.data.object).not.toHaveProperty('billing_mode');
  });

  test('is told of other payment methods than cards that the emulator lacks them', async () => {
    const { customer, price } = await subscribed();
    const body = `mode=subscription&customer=${customer}&line_items[0][price]=${price}&line_items[0][quantity]=1&success_url=https://app.example&payment_method_types[0]=card&payment_method_types[1]=paypal`;
    expect((await ask('2025-04-30.basil', 'POST', 'checkout/sessions', body)).json).toMatchObject({
      error: {
        message: 'The emulator takes cards only, not payment_method_types[1] `paypal`.',
        param: 'payment_method_types[1]',
      },
    });
    expect(
      (await ask('2025-04-30.basil', 'POST', 'checkout/sessions', `${body}&ui_mode=elements`)).json,
    ).toMatchObject({
      error: { message: 'Invalid ui_mode: must be one of custom, embedded, or hosted' },
    });
  });
});

describe('an app of early 2026 (stripe 20, version 2026-02-25.clover)', () => {
  test('sets the billing anchor by a word, and has flexible billing', async () => {
    const stripe = formerSdk('stripe-20', running.url);
    const { customer, price } = await subscribed();
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
    expect(subscription).toMatchObject({ billing_mode: { type: 'flexible' } });
    expect(subscription).not.toHaveProperty('billing_schedules');
    const now: object = { billing_cycle_anchor: 'now', proration_behavior: 'none' };
    await expect(stripe.subscriptions.update(subscription.id, now)).resolves.toMatchObject({
      id: subscription.id,
    });
    const wrong: object = { billing_cycle_anchor: 'later' };
    await expect(stripe.subscriptions.update(subscription.id, wrong)).rejects.toMatchObject({
      param: 'billing_cycle_anchor',
    });
    const preview: object = { subscription_details: { billing_cycle_anchor: 'now' } };
    expect(
      await stripe.invoices.createPreview({ subscription: subscription.id, ...preview }),
    ).toMatchObject({ parent: { subscription_details: { subscription: subscription.id } } });
  });
});

describe('nothing that a version took away is forgotten', () => {
  const oldest = API_VERSIONS[0] ?? '';
  const gone = resources
    .flatMap(({ routes }) => routes)
    .flatMap(({ method, segments }) => {
      const path = segments.map((part) => (part.startsWith(':') ? ':id' : part)).join('/');
      const shape = endpointShape(`${method} /${path}`);
      return [...(shape?.inner ?? [])]
        .filter(([, { until }]) => until !== undefined)
        .map(([name, { until = '' }]) => ({ method, path, name, until }));
    });

  test('of parameters: they are taken, or refused in the name of the emulator', async () => {
    expect(gone.length).toBeGreaterThan(20);
    for (const { method, path, name, until } of gone) {
      const version = API_VERSIONS.filter((one) => one < until).at(-1) ?? '';
      const at = path.replace('v1/', '').replaceAll(':id', 'x');
      const asking = (of: string) =>
        method === 'GET' ? ask(of, method, `${at}?${name}=x`) : ask(of, method, at, `${name}=x`);
      const { json } = await asking(version);
      expect(JSON.stringify(json), `${method} ${path} ${name}`).not.toContain('unknown parameter');
      expect((await asking(until)).json).toMatchObject({
        error: { code: expect.stringMatching(/unknown|no_longer_supported/), param: name },
      });
    }
  });

  test('of fields: every object shows them', async () => {
    const { stripe } = running;
    const { customer, price } = await subscribed();
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      discounts: [{ coupon: coupon.id }],
    });
    await stripe.invoiceItems.create({ customer, amount: 5, currency: 'usd' });
    await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: 'https://app.example',
    });
    await stripe.creditNotes.create({
      invoice: idOf(subscription.latest_invoice),
      amount: 100,
      refund_amount: 100,
    });
    await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const shown = new Map<string, object>();
    for (const path of [
      'charges?',
      'checkout/sessions?',
      'credit_notes?',
      `invoices?customer=${customer}&`,
      'invoiceitems?',
      'payment_intents?',
      'prices?',
      'promotion_codes?',
      `subscriptions?customer=${customer}&expand[]=data.discounts&`,
      `subscription_schedules?customer=${customer}&`,
    ]) {
      collect((await ask(oldest, 'GET', `${path}limit=1`)).json, shown);
    }
    const kinds = [...shown.keys()].filter((kind) => fieldsGone(kind).length > 0);
    expect(kinds.length).toBeGreaterThan(10);
    for (const kind of kinds) {
      expect(Object.keys(shown.get(kind) ?? {}), kind).toEqual(
        expect.arrayContaining(fieldsGone(kind)),
      );
    }
  });

  /** Those that the types of the SDK call optional, and that are there when there is something to say. */
  const OPTIONAL = ['invoice_item', 'subscription_item', 'subscription_proration_date'];

  function fieldsGone(kind: string): string[] {
    return [...(objectShape(kind)?.inner ?? [])]
      .filter(([name, field]) => field.until !== undefined && !OPTIONAL.includes(name))
      .map(([name]) => name);
  }
});

describe('events', () => {
  test('are in the version of the account, and of each endpoint that has its own', async () => {
    const [theirs, own] = [await receiver(), await receiver()];
    const old = await startEmulator({ apiVersion: '2024-06-20' });
    const newest = old.client('sk_test_emulator');
    await newest.rawRequest('POST', '/v1/webhook_endpoints', {
      url: theirs.url,
      enabled_events: ['*'],
    });
    await newest.webhookEndpoints.create({
      url: own.url,
      enabled_events: ['invoice_payment.paid', 'invoice.paid'],
      api_version: '2026-10-28.endive',
    });
    const customer = await newest.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const price = await newest.prices.create({
      currency: 'usd',
      unit_amount: 1500,
      recurring: { interval: 'month' },
      product_data: { name: 'Pro' },
    });
    const subscription = await newest.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const ours = (await own.until(2)).map(({ body }) => JSON.parse(body));
    expect(ours.map(({ type }) => type).sort()).toEqual(['invoice.paid', 'invoice_payment.paid']);
    expect(ours.find(({ type }) => type === 'invoice.paid')).toMatchObject({
      api_version: '2026-10-28.endive',
      data: { object: { parent: { subscription_details: { subscription: subscription.id } } } },
    });
    await expect
      .poll(() => theirs.received.some(({ body }) => body.includes('"invoice.paid"')))
      .toBe(true);
    const all = theirs.received.map(({ body }) => JSON.parse(body));
    expect(all.find(({ type }) => type === 'invoice.paid')).toMatchObject({
      api_version: '2024-06-20',
      data: { object: { paid: true, subscription: subscription.id, total: 1500 } },
    });
    expect(all.some(({ type }) => type === 'invoice_payment.paid')).toBe(false);
    const listed = await newest.events.list({ type: 'invoice.paid' });
    expect(listed.data).toMatchObject([
      { api_version: '2024-06-20', data: { object: { subscription: subscription.id } } },
    ]);
    const refused: object = { url: own.url, enabled_events: ['invoice_payment.paid'] };
    await expect(newest.rawRequest('POST', '/v1/webhook_endpoints', refused)).rejects.toThrow(
      'invoice_payment.paid is not an event this version can send',
    );
    await old.close();
  });

  test('say what a field was before by its former name', async () => {
    const old = await startEmulator({ apiVersion: '2024-06-20' });
    const { stripe } = old;
    const clock = await stripe.testHelpers.testClocks.create({
      frozen_time: seconds('2026-01-01'),
    });
    const customer = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1500,
      recurring: { interval: 'month' },
      product_data: { name: 'Pro' },
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await advance(stripe, clock.id, seconds('2026-02-02'));
    const { data } = await stripe.events.list({ type: 'customer.subscription.updated' });
    const renewal = data.find(
      (event) => 'current_period_end' in (event.data.previous_attributes ?? {}),
    );
    expect(renewal).toMatchObject({
      data: {
        object: { current_period_end: seconds('2026-03-01') },
        previous_attributes: {
          current_period_start: seconds('2026-01-01'),
          current_period_end: seconds('2026-02-01'),
        },
      },
    });
    await old.close();
  });
});
