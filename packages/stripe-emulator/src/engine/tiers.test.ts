import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { present, seconds } from '../../test/objects';

const running = emulatorForTests();

const tiers: Stripe.PriceCreateParams.Tier[] = [
  { up_to: 5, unit_amount: 1000, flat_amount: 500 },
  { up_to: 'inf', unit_amount: 800, flat_amount: 100 },
];

async function subscribe(mode: 'graduated' | 'volume', quantity: number) {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const price = await stripe.prices.create({
    currency: 'usd',
    recurring: { interval: 'month' },
    product_data: { name: 'Seats' },
    billing_scheme: 'tiered',
    tiers_mode: mode,
    tiers,
  });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, quantity }],
    expand: ['latest_invoice'],
  });
  const invoice = subscription.latest_invoice;
  if (invoice === null || typeof invoice === 'string') throw new Error('not expanded');
  return { clock, customer, invoice, item: present(subscription.items.data[0]).id, subscription };
}

test.each([
  [
    'graduated',
    7,
    [
      ['5 × Seats (Tier 1 at $10.00 / month)', 5000],
      ['Seats (Tier 1 at $5.00 / month)', 500],
      ['2 × Seats (Tier 2 at $8.00 / month)', 1600],
      ['Seats (Tier 2 at $1.00 / month)', 100],
    ],
  ],
  [
    'volume',
    7,
    [
      ['7 × Seats (Tier 2 at $8.00 / month)', 5600],
      ['Seats (Tier 2 at $1.00 / month)', 100],
    ],
  ],
  [
    'graduated',
    0,
    [
      ['0 × Seats (Tier 1 at $10.00 / month)', 0],
      ['Seats (Tier 1 at $5.00 / month)', 500],
    ],
  ],
] as const)(
  '%s prices bill each tier they reach on lines of its own',
  async (mode, quantity, lines) => {
    const { invoice } = await subscribe(mode, quantity);
    expect(invoice.lines.data.map((line) => [line.description, line.amount])).toEqual(lines);
  },
);

test('the lines of all tiers are given back together', async () => {
  const { stripe } = running;
  const { clock, customer, invoice, item, subscription } = await subscribe('graduated', 7);
  await running.advance(clock, seconds('2027-04-16T00:00:00Z'));
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 5 }] });
  const pending = await stripe.invoiceItems.list({ customer, pending: true });
  expect(pending.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-3600, 2750]);
  const credit = pending.data.find(({ amount }) => amount < 0);
  expect(
    credit?.proration_details?.credited_items?.invoice_line_item_details?.invoice_line_items,
  ).toEqual(invoice.lines.data.map(({ id }) => id));
});
