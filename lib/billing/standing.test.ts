import type Stripe from 'stripe';
import { afterAll, expect, it } from 'vitest';
import { changeDunning } from '@/test/support/emulator';
import { createUser, monthly, plan } from '@/test/support/integration';
import { accessOf } from '../access';
import { db } from '../db';
import { catalogueId } from './catalogue-objects';
import { type CircumstanceName, circumstances } from './circumstances';
import { syncCustomer } from './mirror/sync';
import { findPlanChoice, freePlan, type Plan } from './plans';
import { stripe } from './stripe';
import { undoneComments } from './undone';

const DAY = 24 * 60 * 60;
/** A renewal's invoice is a draft for an hour before it is charged. */
const MONTH_AND_HOURS = 31 * DAY + 7_200;

afterAll(() => changeDunning('cancel'));

/** A customer of ours with a time of their own. */
type Person = { user: { id: string }; customer: string; pass: (seconds: number) => Promise<void> };

async function person(card: string | null): Promise<Person> {
  const user = await createUser();
  let now = Math.floor(Date.now() / 1000);
  const { id: clock } = await stripe().testHelpers.testClocks.create({ frozen_time: now });
  const { id: customer } = await stripe().customers.create({ test_clock: clock });
  await db().user.update({ where: { id: user.id }, data: { stripeCustomerId: customer } });
  if (card) await pay(customer, card);
  const pass = async (seconds: number) => {
    now += seconds;
    await stripe().testHelpers.testClocks.advance(clock, { frozen_time: now });
  };
  return { user, customer, pass };
}

/** Makes a card the customer's. */
async function pay(customer: string, card: string): Promise<string> {
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

async function subscribe(
  { customer }: Person,
  more: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<string> {
  const items = [{ price: await catalogueId(monthly) }];
  return (await stripe().subscriptions.create({ customer, items, ...more })).id;
}

/** How somebody comes into each circumstance. The rows without one are tested below. */
const ways: Record<
  Exclude<CircumstanceName, 'never_subscribed' | 'plan_retired'>,
  () => Promise<Person>
> = {
  async trialing() {
    const someone = await person('pm_card_visa');
    await subscribe(someone, { trial_period_days: 14 });
    return someone;
  },
  async trialing_without_card() {
    const someone = await person(null);
    await subscribe(someone, { trial_period_days: 14 });
    return someone;
  },
  async active() {
    const someone = await person('pm_card_visa');
    await subscribe(someone);
    return someone;
  },
  async card_expiring() {
    const someone = await person(null);
    const card = await pay(someone.customer, 'pm_card_visa');
    await subscribe(someone);
    const now = new Date();
    await stripe().paymentMethods.update(card, {
      card: { exp_month: now.getUTCMonth() + 1, exp_year: now.getUTCFullYear() },
    });
    return someone;
  },
  async canceling() {
    const someone = await person('pm_card_visa');
    await stripe().subscriptions.update(await subscribe(someone), { cancel_at_period_end: true });
    return someone;
  },
  async collection_paused() {
    const someone = await person('pm_card_visa');
    await stripe().subscriptions.update(await subscribe(someone), {
      pause_collection: { behavior: 'void' },
    });
    return someone;
  },
  past_due: () => withFailedRenewal(MONTH_AND_HOURS),
  async unpaid() {
    await changeDunning('unpaid');
    return withFailedRenewal(2 * MONTH_AND_HOURS);
  },
  async incomplete() {
    const someone = await person(null);
    await subscribe(someone, { payment_behavior: 'default_incomplete' });
    return someone;
  },
  async never_started() {
    const someone = await ways.incomplete();
    await someone.pass(DAY);
    return someone;
  },
  async paused() {
    const someone = await person('pm_card_visa');
    await stripe().subscriptions.pause(await subscribe(someone));
    return someone;
  },
  trial_paused: () => withTrialOver('pause'),
  trial_ended: () => withTrialOver('cancel'),
  async trial_refused() {
    const someone = await person(null);
    const comment = undoneComments['trial-used'];
    await stripe().subscriptions.cancel(await subscribe(someone, { trial_period_days: 14 }), {
      cancellation_details: { comment },
    });
    return someone;
  },
  async ended() {
    const someone = await person('pm_card_visa');
    await stripe().subscriptions.cancel(await subscribe(someone));
    return someone;
  },
  async customer_deleted() {
    const someone = await ways.active();
    await syncCustomer(someone.customer);
    await stripe().customers.del(someone.customer);
    return someone;
  },
  async unknown_price() {
    const someone = await person('pm_card_visa');
    const { id: price } = await stripe().prices.create({
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'month' },
      product_data: { name: 'Somebody else sells this' },
    });
    await subscribe(someone, { items: [{ price }] });
    return someone;
  },
};

async function withFailedRenewal(seconds: number): Promise<Person> {
  const someone = await person('pm_card_visa');
  await subscribe(someone);
  await pay(someone.customer, 'pm_card_chargeCustomerFail');
  await someone.pass(seconds);
  return someone;
}

async function withTrialOver(missing: 'pause' | 'cancel'): Promise<Person> {
  const someone = await person(null);
  await subscribe(someone, {
    trial_period_days: 14,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  });
  await someone.pass(14 * DAY + 7_200);
  return someone;
}

it.each(names(ways))('%s is recognized, and gives what the table says', async (name) => {
  const { user, customer } = await ways[name]();
  await syncCustomer(customer);
  const { state, plan: given, period } = await accessOf(user);
  expect(state).toBe(name);
  const hasPlan = circumstances[name].access === 'plan';
  const expected: Plan = hasPlan ? plan : freePlan;
  expect(given).toEqual(expected);
  expect(period !== null).toBe(hasPlan);
});

it('somebody without a subscription has what is free', async () => {
  expect(await accessOf(await createUser())).toMatchObject({
    state: 'never_subscribed',
    plan: freePlan,
  });
});

it('a plan that is no longer sold gives all it gave to whoever pays for it, and nobody can choose it', async () => {
  const { user, customer } = await ways.active();
  await syncCustomer(customer);
  expect(findPlanChoice(plan.name, 'month')).not.toBeNull();
  Reflect.set(plan, 'retired', true);
  try {
    expect(await accessOf(user)).toMatchObject({ state: 'plan_retired', plan });
    expect(findPlanChoice(plan.name, 'month')).toBeNull();
  } finally {
    Reflect.deleteProperty(plan, 'retired');
  }
});

it('every row of the table is tested', () => {
  const tested = [...names(ways), 'never_subscribed', 'plan_retired'];
  expect(tested.sort()).toEqual(names(circumstances).sort());
});

function names<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}
