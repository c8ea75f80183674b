import { expect, test } from 'vitest';
import { emulatorForTests } from './emulator-for-tests';

const running = emulatorForTests();

const ADDRESS = { city: 'Berlin', country: 'DE', line1: 'Weg 1', postal_code: '10115' };
const METADATA = { team: 'one' };
const LATER = 2_000_000_000;

async function goods() {
  const { stripe } = running;
  const { id: product } = await stripe.products.create({ name: 'Pro' });
  const currency = 'usd';
  const recurring = { interval: 'month' } as const;
  const price = await stripe.prices.create({ product, currency, unit_amount: 1000, recurring });
  const once = await stripe.prices.create({ product, currency, unit_amount: 500 });
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    address: ADDRESS,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  return { customer: customer.id, price: price.id, once: once.id, product };
}

function cases({ customer, once, price, product }: Awaited<ReturnType<typeof goods>>) {
  const items = [{ price }];
  const line_items = [{ price, quantity: 1 }];
  const success_url = 'https://app.example';
  return [
    [
      '/v1/customers',
      {},
      {
        address: ADDRESS,
        balance: -500,
        business_name: 'B',
        description: 'D',
        email: 'x@example.com',
        individual_name: 'I',
        invoice_prefix: 'ABC12',
        invoice_settings: { custom_fields: [{ name: 'PO', value: '7' }], footer: 'F' },
        metadata: METADATA,
        name: 'N',
        next_invoice_sequence: 7,
        phone: '+1',
        preferred_locales: ['de'],
        shipping: { address: ADDRESS, name: 'S', phone: '1' },
        tax_exempt: 'reverse',
      },
    ],
    [
      '/v1/products',
      { name: 'Team' },
      {
        active: false,
        description: 'D',
        images: ['https://app.example/a.png'],
        marketing_features: [{ name: 'F' }],
        metadata: METADATA,
        package_dimensions: { height: 1, length: 2, weight: 3, width: 4 },
        shippable: true,
        statement_descriptor: 'TEAM',
        tax_code: 'txcd_10000000',
        unit_label: 'seat',
        url: 'https://app.example',
      },
    ],
    [
      '/v1/prices',
      { currency: 'usd', product, unit_amount: 100 },
      {
        active: false,
        lookup_key: 'small',
        metadata: METADATA,
        nickname: 'N',
        recurring: { interval: 'week', interval_count: 2 },
        tax_behavior: 'inclusive',
        transform_quantity: { divide_by: 5, round: 'up' },
      },
    ],
    [
      '/v1/subscriptions',
      { customer, items },
      {
        cancel_at_period_end: true,
        billing_cycle_anchor_config: { day_of_month: 5 },
        description: 'D',
        invoice_settings: { description: 'D', footer: 'F', issuer: { type: 'self' } },
        metadata: METADATA,
        payment_settings: {
          payment_method_types: ['card'],
          save_default_payment_method: 'on_subscription',
        },
        trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
      },
    ],
    [
      '/v1/invoices',
      { customer },
      {
        auto_advance: true,
        custom_fields: [{ name: 'PO', value: '7' }],
        description: 'D',
        footer: 'F',
        metadata: METADATA,
        number: 'X-1',
        payment_settings: { payment_method_types: ['card'] },
        rendering: { amount_tax_display: 'include_inclusive_tax', pdf: { page_size: 'a4' } },
        shipping_details: { address: ADDRESS, name: 'S', phone: '1' },
        statement_descriptor: 'TEAM',
      },
    ],
    [
      '/v1/payment_intents',
      { amount: 1000, currency: 'usd' },
      {
        capture_method: 'manual',
        confirmation_method: 'manual',
        customer,
        description: 'D',
        metadata: METADATA,
        payment_method_options: { card: { request_three_d_secure: 'any' } },
        receipt_email: 'x@example.com',
        setup_future_usage: 'off_session',
        shipping: { address: ADDRESS, name: 'S', phone: '1' },
        statement_descriptor: 'TEAM',
        transfer_group: 'G',
      },
    ],
    [
      '/v1/checkout/sessions',
      { mode: 'subscription', line_items, success_url },
      {
        adaptive_pricing: { enabled: true },
        allow_promotion_codes: true,
        billing_address_collection: 'required',
        cancel_url: 'https://app.example/no',
        client_reference_id: 'R',
        consent_collection: { terms_of_service: 'required' },
        custom_text: { submit: { message: 'M' } },
        customer_email: 'x@example.com',
        locale: 'de',
        metadata: METADATA,
        payment_method_collection: 'if_required',
        phone_number_collection: { enabled: true },
        tax_id_collection: { enabled: true },
      },
    ],
    [
      '/v1/checkout/sessions',
      { mode: 'payment', line_items: [{ price: once, quantity: 1 }], success_url },
      {
        customer_creation: 'always',
        invoice_creation: { enabled: true, invoice_data: { footer: 'F', metadata: METADATA } },
        submit_type: 'donate',
      },
    ],
    [
      '/v1/coupons',
      { percent_off: 5 },
      { duration: 'forever', max_redemptions: 3, metadata: METADATA, name: 'N', redeem_by: LATER },
    ],
    [
      '/v1/tax_rates',
      { display_name: 'VAT', inclusive: true, percentage: 5 },
      {
        active: false,
        country: 'DE',
        description: 'D',
        jurisdiction: 'J',
        metadata: METADATA,
        tax_type: 'vat',
      },
    ],
  ] as const;
}

test('a parameter that is taken is seen on the object, one after the other', async () => {
  for (const [path, base, taken] of cases(await goods())) {
    for (const [name, value] of Object.entries(taken)) {
      const made = running.emulator.call('test', 'POST', path, { ...base, [name]: value });
      expect(made, `${path} ${name}`).toMatchObject({ [name]: value });
    }
  }
});

test('a parameter that would have no effect is refused in the name of the emulator', async () => {
  const { customer, price } = await goods();
  const subscription = { customer, items: [{ price }] };
  for (const [path, params, name] of [
    ['/v1/subscriptions', { application_fee_percent: 5 }, 'application_fee_percent'],
    ['/v1/subscriptions', { default_source: 'card_1' }, 'default_source'],
    ['/v1/subscriptions', { transfer_data: { destination: 'acct_1' } }, 'transfer_data'],
    [
      '/v1/subscriptions',
      { pending_invoice_item_interval: { interval: 'week' } },
      'pending_invoice_item_interval',
    ],
    [
      '/v1/subscriptions',
      { payment_settings: { payment_method_options: { card: { network: 'visa' } } } },
      'payment_settings[payment_method_options]',
    ],
    ['/v1/subscriptions', { invoice_settings: { issuer: { type: 'account' } } }, '`account`'],
    ['/v1/invoices', { account_tax_ids: ['txi_1'] }, 'account_tax_ids'],
    ['/v1/invoices', { application_fee_amount: 5 }, 'application_fee_amount'],
    ['/v1/invoices', { payment_settings: { default_mandate: 'mandate_1' } }, 'default_mandate'],
    ['/v1/invoices', { rendering: { template: 'inrtem_1' } }, 'rendering[template]'],
    ['/v1/invoices/in_1/pay', { forgive: true }, 'forgive'],
    ['/v1/invoices/in_1/pay', { source: 'card_1' }, 'source'],
    ['/v1/payment_intents/pi_1/capture', { final_capture: false }, 'final_capture'],
    [
      '/v1/payment_intents',
      { amount: 100, currency: 'usd', payment_method_options: { card: { moto: true } } },
      'payment_method_options[card][moto]',
    ],
    [
      '/v1/subscription_schedules/sub_sched_1/release',
      { preserve_cancel_date: true },
      'preserve_cancel_date',
    ],
    [
      '/v1/customers',
      { invoice_settings: { rendering_options: { template: 'inrtem_1' } } },
      'invoice_settings[rendering_options][template]',
    ],
  ] as const) {
    const bases: Record<string, object> = {
      '/v1/subscriptions': subscription,
      '/v1/invoices': { customer },
    };
    const base = bases[path] ?? {};
    const ask = () => running.emulator.call('test', 'POST', path, { ...base, ...params });
    expect(ask, name).toThrow(/The emulator does not support/);
    expect(ask, name).toThrow(name);
  }
});
