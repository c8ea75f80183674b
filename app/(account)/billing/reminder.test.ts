import { expect, test } from 'vitest';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/subscription';
import { findReminder } from './reminder';

const active: SubscriptionView = {
  id: 'sub_1',
  title: 'Pro',
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
  isScheduled: false,
  endsAt: null,
  endedAt: null,
  trialEndsAt: null,
};
const card: BillingOverview['card'] = { brand: 'visa', last4: '4242', expMonth: 1, expYear: 2027 };

test('nothing is said while the card outlasts the next payment', () => {
  expect(findReminder({ subscription: active, card })).toBeNull();
});

test('a card that ends with the month before the next payment is worth a word', () => {
  const reminder = findReminder({
    subscription: active,
    card: { ...card, expMonth: 12, expYear: 2026 },
  });
  expect(reminder?.title).toContain('expires before the next payment');
});

test('a card that expires before a payment that never comes is not', () => {
  const ending = { ...active, nextPayment: null, endsAt: new Date('2027-01-01') };
  const expired = { ...card, expMonth: 11, expYear: 2026 };
  expect(findReminder({ subscription: ending, card: expired })).toBeNull();
});

test('a failed payment comes before all else', () => {
  const subscription = { ...active, status: 'past_due' as const };
  expect(findReminder({ subscription, card: null })?.title).toContain('did not go through');
});

test('a trial without a card is reminded of it', () => {
  const subscription = {
    ...active,
    status: 'trialing' as const,
    trialEndsAt: new Date('2026-12-01'),
  };
  expect(findReminder({ subscription, card: null })?.title).toContain('No card');
});
