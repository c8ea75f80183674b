import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, portal, type Shop, subscribe } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };
const BERLIN = {
  'address.country': 'DE',
  'address.line1': 'Hauptstr. 1',
  'address.city': 'Berlin',
  'address.postal_code': '10827',
};

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
  await fetch(`${pages.url}/_emulator/tax`, {
    method: 'POST',
    body: JSON.stringify({ DE: 19, US: 8 }),
    headers: { 'content-type': 'application/json' },
  });
});

afterEach(() => pages.close());

function checkout(params: object) {
  return pages.create('/v1/checkout/sessions', {
    mode: 'subscription',
    success_url: 'https://app.example/thanks',
    line_items: [{ price: shop.prices.proMonth, quantity: 1 }],
    ...params,
  });
}

function read(path: string, expand: string[] = []) {
  return pages.emulator.call('test', 'GET', path, { expand });
}

const session = (id: string, expand?: string[]) => read(`/v1/checkout/sessions/${id}`, expand);

const vat = (params: object = {}) =>
  pages.create('/v1/tax_rates', {
    display_name: 'VAT',
    percentage: 19,
    inclusive: false,
    ...params,
  }).id;

test('rates of a subscription, and of its lines, are in the sums and on the subscription', async () => {
  const [rate, low] = [vat(), vat({ percentage: 7, inclusive: true, display_name: 'Low' })];
  const extra = { currency: 'usd', unit_amount: 1070, product_data: { name: 'Setup' } };
  const { id, url } = checkout({
    line_items: [
      { price: shop.prices.proMonth, quantity: 1 },
      { price_data: extra, quantity: 1, tax_rates: [low] },
    ],
    subscription_data: { default_tax_rates: [rate] },
  });
  expect(session(id)).toMatchObject({
    amount_subtotal: 2270,
    amount_total: 2498,
    automatic_tax: { enabled: false, status: null },
    total_details: { amount_discount: 0, amount_tax: 298 },
  });
  expect(session(id)).not.toHaveProperty('total_details.breakdown');
  expect(session(id, ['total_details.breakdown', 'line_items.data.taxes'])).toMatchObject({
    total_details: {
      breakdown: {
        taxes: [
          { amount: 228, rate: { id: rate } },
          { amount: 70, rate: { id: low } },
        ],
      },
    },
    line_items: {
      data: [
        { amount_tax: 228, amount_total: 1428, taxes: [{ amount: 228, taxable_amount: 1200 }] },
        { amount_tax: 70, amount_total: 1070, taxes: [{ amount: 70, taxable_amount: 1000 }] },
      ],
    },
  });
  await visitor.open(url);
  expect(visitor.text).toContain('VAT 19% $2.28');
  expect(visitor.text).toContain('Low 7% (included) $0.70');
  expect(visitor.text).toContain('Total due today $24.98');
  expect(visitor.text).toContain('Then $14.28 per month');
  await visitor.press('Subscribe', { ...CARD, email: 'a@example.com' });
  expect(session(id, ['invoice', 'subscription'])).toMatchObject({
    amount_total: 2498,
    total_details: { amount_tax: 298 },
    invoice: { total: 2498, total_taxes: [{ amount: 70 }, { amount: 228 }] },
    subscription: { default_tax_rates: [{ id: rate }] },
  });
});

test('one payment is taxed too, with an invoice and without', async () => {
  const line_items = [
    {
      price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Poster' } },
      quantity: 1,
      tax_rates: [vat()],
    },
  ];
  for (const enabled of [true, false]) {
    const { id, url } = checkout({ mode: 'payment', line_items, invoice_creation: { enabled } });
    await visitor.open(url);
    await visitor.press('Pay', { ...CARD, email: 'a@example.com' });
    expect(session(id, ['payment_intent'])).toMatchObject({
      payment_status: 'paid',
      amount_total: 1190,
      payment_intent: { amount_received: 1190 },
      total_details: { amount_tax: 190 },
    });
  }
});

test('automatic tax asks for the address, and shows the total before it is paid', async () => {
  const { id, url } = checkout({ automatic_tax: { enabled: true } });
  expect(session(id)).toMatchObject({
    amount_total: 1200,
    automatic_tax: { enabled: true, status: 'requires_location_inputs' },
  });
  await visitor.open(url);
  expect(visitor.text).toContain('Tax calculated from your address');
  const form = { ...CARD, email: 'ada@example.com', ...BERLIN };
  await visitor.press('Subscribe', form);
  expect(visitor.page.status).toBe(402);
  expect(visitor.text).toContain('Check the new total, and confirm it.');
  expect(visitor.text).toContain('VAT 19% $2.28');
  expect(visitor.text).toContain('Total due today $14.28');
  expect(visitor.field('address.city')).toBe('Berlin');
  expect(session(id)).toMatchObject({ status: 'open' });

  await visitor.press('Subscribe', form);
  expect(visitor.page.url).toBe('https://app.example/thanks');
  expect(session(id, ['customer', 'invoice', 'subscription'])).toMatchObject({
    status: 'complete',
    amount_total: 1428,
    automatic_tax: { enabled: true, status: 'complete' },
    total_details: { amount_tax: 228 },
    customer: { address: { country: 'DE', city: 'Berlin' } },
    invoice: { total: 1428, amount_paid: 1428, automatic_tax: { status: 'complete' } },
    subscription: { automatic_tax: { enabled: true } },
  });
});

test('another address is another tax, and one that says too little is not taken', async () => {
  const { id, url } = checkout({ automatic_tax: { enabled: true } });
  await visitor.open(url);
  const form = { ...CARD, email: 'ada@example.com', ...BERLIN };
  await visitor.press('Subscribe', form);
  await visitor.press('Subscribe', { ...form, 'address.country': 'US', 'address.postal_code': '' });
  expect(visitor.text).toContain('The tax cannot be calculated without it.');
  const american = { ...form, 'address.country': 'US', 'address.postal_code': '94107' };
  await visitor.press('Subscribe', american);
  expect(visitor.text).toContain('Sales tax 8% $0.96');
  expect(session(id)).toMatchObject({ status: 'open' });
  await visitor.press('Subscribe', american);
  expect(session(id)).toMatchObject({ status: 'complete', amount_total: 1296 });
});

test('a customer who is somewhere already pays their tax at once, and the address stays', async () => {
  pages.create(`/v1/customers/${shop.customer}`, { address: { country: 'DE' } });
  const params = { customer: shop.customer, automatic_tax: { enabled: true } };
  const { id, url } = checkout(params);
  expect(session(id)).toMatchObject({ amount_total: 1428, automatic_tax: { status: 'complete' } });
  await visitor.open(url);
  expect(visitor.text).toContain('Total due today $14.28');
  await visitor.press('Subscribe', CARD);
  expect(session(id)).toMatchObject({ status: 'complete', amount_total: 1428 });

  const { id: nowhere } = pages.create('/v1/customers', {});
  expect(() => checkout({ ...params, customer: nowhere })).toThrow(
    /requires a valid address on the Customer/,
  );
});

test('what is filled in is saved on a customer, and taxed, where the session says so', async () => {
  const params = { customer: shop.customer, automatic_tax: { enabled: true } };
  const { id, url } = checkout({ ...params, customer_update: { address: 'auto' } });
  await visitor.open(url);
  await visitor.press('Subscribe', { ...CARD, ...BERLIN });
  await visitor.press('Subscribe', { ...CARD, ...BERLIN });
  expect(session(id, ['customer', 'invoice'])).toMatchObject({
    customer: { address: { city: 'Berlin' } },
    invoice: { total: 1428 },
  });
});

test('rates and automatic tax are not put together', () => {
  const automatic_tax = { enabled: true };
  const default_tax_rates = [vat()];
  expect(() => checkout({ automatic_tax, subscription_data: { default_tax_rates } })).toThrow(
    /either calculated automatically or by tax rates/,
  );
});

test('taxes are on the invoice page, its PDF, and what the portal says of a change of plan', async () => {
  pages.create(`/v1/customers/${shop.customer}`, { address: { country: 'DE' } });
  const subscription = subscribe(pages, shop);
  pages.create(`/v1/subscriptions/${subscription}`, { automatic_tax: { enabled: true } });
  await visitor.open(
    portal(pages, shop, {
      flow_data: {
        type: 'subscription_update_confirm',
        subscription_update_confirm: {
          subscription,
          items: [
            {
              id: pages.emulator.run('test', (ctx) => {
                return ctx.get('subscription', subscription).items.data[0]?.id;
              }),
              price: shop.prices.teamMonth,
            },
          ],
        },
      },
    }),
  );
  expect(visitor.text).toContain('Tax $7.03');
  await visitor.press('Confirm');
  const invoice = pages.emulator.run('test', (ctx) => [...ctx.world.invoice.walk()][0]);
  expect(invoice).toMatchObject({ subtotal: 3700, total: 4403 });
  await visitor.open(invoice?.hosted_invoice_url ?? '');
  expect(visitor.text).toContain('VAT 19% on $37.00 $7.03');
  const pdf = await (await fetch(invoice?.invoice_pdf ?? '')).text();
  expect(pdf).toContain('(VAT 19% on $37.00)');
});
