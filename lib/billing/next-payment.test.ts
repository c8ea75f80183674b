import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { createSubscriber } from '@/test/support/integration';
import { syncCustomer } from './mirror/sync';
import { billingOverview } from './overview';
import { stripe } from './stripe';

type Change = Stripe.SubscriptionUpdateParams;

/** What can be said of the next payment, each way of it asked of Stripe too. */
const cases: [string, (itemId: string) => Promise<Change>][] = [
  ['the price', async () => ({ metadata: { nothing: 'changes' } })],
  ['the price of each seat', async (id) => ({ items: [{ id, quantity: 3 }] })],
  ['a percentage less', async () => ({ discounts: [await discount({ percent_off: 33.3 })] })],
  [
    'an amount less, after a percentage',
    async () => ({
      discounts: [
        await discount({ percent_off: 25 }),
        await discount({ amount_off: 250, currency: 'usd' }),
      ],
    }),
  ],
  [
    'nothing, where the discount is more than the price',
    async () => ({ discounts: [await discount({ amount_off: 99_900, currency: 'usd' })] }),
  ],
];

it.each(cases)('foretells the next payment as Stripe does: %s', async (_, change) => {
  const { payment, preview } = await afterwards(change);
  expect(payment).toEqual({
    at: new Date((preview?.period_end ?? 0) * 1000),
    amount: preview?.amount_due,
  });
});

it('promises no amount that something else may change', async () => {
  const { payment } = await afterwards(async (id) => ({
    items: [{ id, discounts: [await discount({ percent_off: 10 })] }],
  }));
  expect(payment).toMatchObject({ amount: null });
});

it('shows the discounts on a subscription, and until when', async () => {
  const { subscription } = await afterwards(async () => ({
    discounts: [await discount({ percent_off: 30, duration: 'repeating', duration_in_months: 3 })],
  }));
  expect(subscription?.discounts).toMatchObject([{ percentOff: 30, endsAt: expect.any(Date) }]);
});

it('foretells none while payments are paused for longer than the period', async () => {
  const { payment, subscription } = await afterwards(async () => ({
    pause_collection: { behavior: 'void' },
  }));
  expect(payment).toBeNull();
  expect(subscription?.paymentsPaused).toEqual({ until: null });
});

async function afterwards(change: (itemId: string) => Promise<Change>) {
  const { user, customer, subscription } = await createSubscriber();
  const item = subscription.items.data[0]?.id ?? '';
  await stripe().subscriptions.update(subscription.id, {
    ...(await change(item)),
    proration_behavior: 'none',
  });
  await syncCustomer(customer);
  const [overview, preview] = await Promise.all([
    billingOverview(user),
    stripe().invoices.createPreview({ customer, subscription: subscription.id }),
  ]);
  return {
    preview,
    subscription: overview.subscription,
    payment: overview.subscription?.nextPayment,
  };
}

async function discount(coupon: Stripe.CouponCreateParams) {
  const { id } = await stripe().coupons.create({ id: randomUUID(), ...coupon });
  return { coupon: id };
}
