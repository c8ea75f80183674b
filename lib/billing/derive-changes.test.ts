import { describe, expect, it } from 'vitest';
import { dearerPlan, plan } from '@/test/support/plans';
import type { InvoiceFacts, SubscriptionFacts } from './change-facts';
import { eventChanges, invoiceChanges, subscriptionChanges } from './derive-changes';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

const active: SubscriptionFacts = {
  id: 'sub_1',
  status: 'active',
  plan: plan.name,
  priceId: 'price_month',
  currency: 'usd',
  unitAmount: 1000,
  quantity: 1,
  interval: 'month',
  intervalCount: 1,
  currentPeriodStart: day(1),
  currentPeriodEnd: day(32),
  cancelAt: null,
  endedAt: null,
  trialEnd: null,
  pauseBehavior: null,
  resumesAt: null,
  scheduleId: null,
  nextChange: null,
};
const trialing = { ...active, status: 'trialing', trialEnd: day(32) };
const ended = { ...active, status: 'canceled', endedAt: day(32) };
const yearly = {
  ...active,
  priceId: 'price_year',
  interval: 'year',
  unitAmount: 10_000,
};
const change = {
  at: day(32),
  plan: plan.name,
  priceId: 'price_next',
  unitAmount: 500,
  quantity: 1,
  interval: 'month',
  intervalCount: 1,
};
const planned = { nextChange: { kind: 'scheduled', ...change } } as const;
const unpaid = { nextChange: { kind: 'unpaid', ...change } } as const;
const dearer = { ...active, plan: dearerPlan.name, priceId: 'price_dearer', unitAmount: 5000 };

describe('a subscription', () => {
  it.each<[string, SubscriptionFacts | null, Partial<SubscriptionFacts> | null, string[]]>([
    ['begins', null, active, ['subscribed']],
    ['waits for its first payment', null, { status: 'incomplete' }, []],
    ['is paid for the first time', { ...active, status: 'incomplete' }, active, ['subscribed']],
    [
      'never gets its first payment',
      { ...active, status: 'incomplete' },
      { status: 'incomplete_expired' },
      [],
    ],
    ['begins with a trial', null, trialing, ['trial_started']],
    ['came and went unseen', null, ended, []],
    ['is no longer at Stripe', active, null, []],
    ['is paid for after its trial', trialing, active, ['trial_ended', 'subscribed']],
    [
      'has a trial without a card that pauses it',
      trialing,
      { status: 'paused' },
      ['trial_ended', 'paused'],
    ],
    [
      'has a trial that runs out',
      trialing,
      { ...trialing, ...ended, trialEnd: day(32) },
      ['trial_ended', 'ended'],
    ],
    [
      'is ended during its trial',
      trialing,
      { ...trialing, status: 'canceled', endedAt: day(3) },
      ['ended'],
    ],
    [
      'was canceled during its trial and ends with it',
      { ...trialing, cancelAt: day(32) },
      { ...trialing, status: 'canceled', endedAt: day(32) },
      ['ended'],
    ],
    ['changes to a dearer plan', active, dearer, ['upgraded']],
    ['changes to a cheaper plan', dearer, active, ['downgraded']],
    ['is paid yearly, which is cheaper by the month', active, yearly, ['upgraded']],
    ['is paid monthly again', yearly, active, ['downgraded']],
    ['gets more seats', active, { quantity: 5 }, ['upgraded']],
    ['gets fewer seats', { ...active, quantity: 5 }, { quantity: 3 }, ['downgraded']],
    ['will end', active, { cancelAt: day(32) }, ['canceling']],
    ['will end on another day', { ...active, cancelAt: day(20) }, { cancelAt: day(32) }, []],
    ['goes on after all', { ...active, cancelAt: day(32) }, active, ['kept']],
    ['will change', active, planned, ['downgrade_planned']],
    [
      'will change to something else than was planned',
      { ...active, ...planned },
      { nextChange: { ...planned.nextChange, quantity: 2 } },
      ['downgrade_planned'],
    ],
    [
      'is upgraded before what was planned is dropped',
      { ...active, ...planned },
      { ...dearer, ...planned },
      ['upgraded'],
    ],
    ['waits for the payment of an upgrade', active, unpaid, []],
    ['is left as it is by an upgrade that nobody paid', { ...active, ...unpaid }, active, []],
    ['costs the same under a new price', active, { priceId: 'price_new' }, []],
    ['stays as it is after all', { ...active, ...planned }, active, ['kept']],
    ['changes as planned', { ...dearer, ...planned }, active, ['downgraded']],
    ['is late', active, { status: 'past_due' }, []],
    ['is paid late', { ...active, status: 'past_due' }, active, ['recovered']],
    ['is given up', { ...active, status: 'past_due' }, { status: 'unpaid' }, ['unpaid']],
    ['is paid after it was given up', { ...active, status: 'unpaid' }, active, ['recovered']],
    ['is paused', active, { status: 'paused' }, ['paused']],
    ['is resumed', { ...active, status: 'paused' }, active, ['resumed']],
    ['has its payments paused', active, { pauseBehavior: 'void' }, ['paused']],
    ['ends', active, ended, ['ended']],
    ['is renewed', active, { currentPeriodStart: day(32), currentPeriodEnd: day(60) }, ['renewed']],
    ['is as it was', active, active, []],
  ])('that %s', (_, before, after, kinds) => {
    expect(subscriptionChanges(before, after && { ...active, ...after })).toEqual(kinds);
  });
});

const open: InvoiceFacts = {
  id: 'in_1',
  subscriptionId: 'sub_1',
  status: 'open',
  currency: 'usd',
  total: 1000,
  amountPaid: 0,
  amountDue: 1000,
  billingReason: 'subscription_cycle',
  hostedInvoiceUrl: null,
  nextAttemptAt: day(2),
  attemptCount: 0,
};
const paid = { ...open, status: 'paid', amountPaid: 1000, attemptCount: 1, nextAttemptAt: null };
const failed = { ...open, attemptCount: 1, nextAttemptAt: day(4) };
const waiting = { ...failed, failure: { code: 'authentication_required' } };
const known = { ...paid, amountRefunded: 0, disputeStatus: null };
const disputed = { ...known, disputeStatus: 'needs_response' };

describe('an invoice', () => {
  it.each<[string, InvoiceFacts | null, Partial<InvoiceFacts> | null, string[]]>([
    ['is finalized', null, open, []],
    ['is paid', open, paid, ['paid']],
    ['came paid', null, paid, ['paid']],
    ['is over nothing', null, { ...paid, total: 0, amountPaid: 0 }, []],
    ['fails', open, failed, ['payment_failed']],
    ['came failed', null, failed, ['payment_failed']],
    ['fails again', failed, { ...failed, attemptCount: 2, nextAttemptAt: day(9) }, []],
    [
      'fails for the last time',
      failed,
      { ...failed, attemptCount: 4, nextAttemptAt: null },
      ['payment_failed_finally'],
    ],
    [
      'fails and is not tried again',
      open,
      { ...failed, nextAttemptAt: null },
      ['payment_failed_finally'],
    ],
    ['is paid late', failed, paid, ['paid']],
    ['is voided', failed, { ...failed, status: 'void' }, []],
    [
      'is the first of all, and fails',
      open,
      { ...failed, billingReason: 'subscription_create' },
      [],
    ],
    ['waits for the bank', open, waiting, ['action_required']],
    ['waits for the bank again', waiting, { ...waiting, attemptCount: 2 }, []],
    [
      'fails, then waits for the bank',
      failed,
      { ...waiting, attemptCount: 2 },
      ['action_required'],
    ],
    [
      'waits for the bank and is not tried again',
      open,
      { ...waiting, nextAttemptAt: null },
      ['action_required'],
    ],
    [
      'is for a change of plan, and declined',
      open,
      { ...failed, nextAttemptAt: null, billingReason: 'subscription_update' },
      [],
    ],
    ['is refunded in part', known, { ...known, amountRefunded: 300 }, ['refunded']],
    [
      'is refunded further',
      { ...known, amountRefunded: 300 },
      { ...known, amountRefunded: 900 },
      ['refunded'],
    ],
    ['came refunded', null, { ...known, amountRefunded: 300 }, ['paid', 'refunded']],
    ['was refunded before we knew of refunds', paid, { ...known, amountRefunded: 300 }, []],
    ['has a refund that fails', { ...known, amountRefunded: 300 }, known, ['refund_failed']],
    ['is disputed', known, disputed, ['disputed']],
    ['is disputed, and answered', disputed, { ...disputed, disputeStatus: 'under_review' }, []],
    ['is disputed, and lost', disputed, { ...disputed, disputeStatus: 'lost' }, ['dispute_closed']],
    ['was disputed before we knew of disputes', paid, disputed, []],
    ['is gone', open, null, []],
  ])('that %s', (_, before, after, kinds) => {
    expect(invoiceChanges(before, after && { ...open, ...after })).toEqual(kinds);
  });
});

describe('the event that announces the end of a trial', () => {
  const event = (createdAt: Date) => ({
    type: 'customer.subscription.trial_will_end',
    createdAt,
  });

  it.each([
    ['three days before', event(day(29)), trialing, ['trial_ending']],
    ['when the trial was cut short', event(day(31)), trialing, ['trial_ending']],
    ['when the trial was ended', event(day(31)), active, []],
    ['when the trial was made longer since', event(day(20)), trialing, []],
  ])('%s', (_, sent, now, kinds) => {
    expect(eventChanges(sent, now)).toEqual(kinds);
  });
});
