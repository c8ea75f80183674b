import { expect, test } from 'vitest';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/overview';
import { findPaymentWarning } from './payment-warning';

const active: SubscriptionView = {
  id: 'sub_1',
  title: 'A plan',
  status: 'active',
  plan: null,
  unitAmount: 1200,
  currency: 'usd',
  quantity: 1,
  interval: 'month',
  intervalCount: 1,
  discounts: [],
  nextPayment: { at: new Date('2027-01-01'), amount: 1200 },
  paymentsPaused: null,
  nextChange: null,
  endsAt: null,
  endedAt: null,
  trialEndsAt: null,
};
const card: BillingOverview['card'] = { brand: 'visa', last4: '4242', expMonth: 1, expYear: 2027 };

test('a card that is valid at the next payment needs no warning', () => {
  expect(findPaymentWarning({ subscription: active, card })).toBeNull();
});

test('a card that expires before the next payment needs a warning', () => {
  const warning = findPaymentWarning({
    subscription: active,
    card: { ...card, expMonth: 12, expYear: 2026 },
  });
  expect(warning?.title).toContain('expires before the next payment');
});

test('a card that expires needs no warning when no payment is coming', () => {
  const ending = { ...active, nextPayment: null, endsAt: new Date('2027-01-01') };
  const expired = { ...card, expMonth: 11, expYear: 2026 };
  expect(findPaymentWarning({ subscription: ending, card: expired })).toBeNull();
});

test('a failed payment comes before any other warning', () => {
  const subscription = { ...active, status: 'past_due' as const };
  expect(findPaymentWarning({ subscription, card: null })?.title).toContain('did not go through');
});

test('a trial without a card needs a warning', () => {
  const subscription = {
    ...active,
    status: 'trialing' as const,
    trialEndsAt: new Date('2026-12-01'),
  };
  expect(findPaymentWarning({ subscription, card: null })?.title).toContain('No card');
});
