import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, portal, type Shop } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;
let metered: object;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
  const meter = pages.create('/v1/billing/meters', {
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  });
  metered = { interval: 'month', usage_type: 'metered', meter: meter.id };
});

afterEach(() => pages.close());

const tiers = [
  { up_to: 10, unit_amount: 900, flat_amount: 500 },
  { up_to: 'inf', unit_amount: 700 },
];

function price(params: object): string {
  const product = shop.products.pro;
  return pages.create('/v1/prices', { product, currency: 'usd', ...params }).id;
}

const recurring = { interval: 'month' };

test('the portal says what a unit of usage costs, and that it is billed by usage', async () => {
  const perThousand = { unit_amount: 500, transform_quantity: { divide_by: 1000, round: 'up' } };
  const tiered = { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers };
  const quarterly = { interval: 'month', interval_count: 3 };
  pages.create('/v1/subscriptions', {
    customer: shop.customer,
    collection_method: 'send_invoice',
    days_until_due: 30,
    items: [
      { price: price({ unit_amount_decimal: '0.4', recurring: metered }) },
      { price: price({ ...perThousand, recurring: metered }) },
      { price: price({ ...tiered, recurring: metered }) },
    ],
  });
  pages.create('/v1/subscriptions', {
    customer: shop.customer,
    collection_method: 'send_invoice',
    days_until_due: 30,
    items: [
      { price: price({ ...tiered, recurring: quarterly }), quantity: 3 },
      { price: price({ unit_amount: 1500, recurring: quarterly }) },
    ],
  });
  await visitor.open(portal(pages, shop));
  expect(visitor.text).toContain('$0.004 per unit, billed monthly by usage');
  expect(visitor.text).toContain('$5.00 per 1,000 units, billed monthly by usage');
  expect(visitor.text).toContain('Starts at $9.00 per unit + $5.00, billed monthly by usage');
  expect(visitor.text).toContain('Starts at $9.00 per unit + $5.00, billed every 3 months');
  await visitor.follow('Cancel subscription');
  expect(visitor.text).toContain(
    'Starts at $9.00 per unit + $5.00, billed every 3 months + $15.00 every 3 months',
  );
});

test('an invoice names the price of a unit of usage to the fraction of a cent', async () => {
  const { id } = pages.create('/v1/subscriptions', {
    customer: shop.customer,
    collection_method: 'send_invoice',
    days_until_due: 30,
    items: [{ price: price({ unit_amount_decimal: '0.4', recurring: metered }) }],
  });
  const { data } = await pages.stripe.invoices.list({ subscription: id });
  const descriptions = data[0]?.lines.data.map(({ description }) => description);
  expect(descriptions).toEqual(['0 × Pro (at $0.004 / month)']);
});

test('Checkout says what tiers come to, and that usage is billed later', async () => {
  const scheme = { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers };
  const { url } = pages.create('/v1/checkout/sessions', {
    mode: 'subscription',
    success_url: 'https://app.example/done',
    line_items: [
      { price: price({ ...scheme, recurring }), quantity: 12 },
      { price: price({ unit_amount: 3, recurring: metered }) },
    ],
  });
  await visitor.open(url);
  const seats = 10 * 9 + 5 + 2 * 7;
  expect(visitor.text).toContain(`$${seats}.00 per month, plus usage`);
  expect(visitor.text).toContain(`$${seats}.00 Starts at $9.00 per unit + $5.00, billed monthly`);
  expect(visitor.text).toContain('By usage $0.03 per unit, billed monthly by usage');
});
