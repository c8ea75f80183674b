import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createUser, currency, dearerPlan, plan } from '@/test/support/integration';
import { sellsTwo } from '@/test/support/plans';
import { giveCard } from '@/test/support/subscribers';
import { findBillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { changePlan } from './change-plan';
import { ensureCustomer } from './customer';
import { keepPlan } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import { isTiming, type PlanGoal, timingOf } from './plan-change';
import { currencies, intervals, lookupKey, paidPlans, retentionOffer } from './plans';
import { previewChange } from './preview-change';
import { stripe } from './stripe';

const cheaper: PlanGoal = { plan, interval: 'month', quantity: plan.seats?.min ?? 1 };
const dearer: PlanGoal = {
  plan: dearerPlan,
  interval: 'month',
  quantity: dearerPlan.seats?.min ?? 1,
};
const bySeat = paidPlans.find(({ seats }) => seats && seats.max - seats.min >= 4);

/** Everything that is sold, with the fewest seats and with some more. */
const goals = paidPlans.flatMap((each) =>
  intervals.flatMap((interval) =>
    (each.seats ? [each.seats.min, Math.min(each.seats.min + 4, each.seats.max)] : [1]).map(
      (quantity): PlanGoal => ({ plan: each, interval, quantity }),
    ),
  ),
);

it.each(currencies)(
  'previews every change of what is sold to the cent, in %s',
  async (code) => {
    for (const from of goals) {
      for (const to of goals) {
        if (from === to) continue;
        const { user, customer, subscription } = await subscriber(from, code);
        const account = await findBillingAccount(user.id);
        const timing = account.subscription && timingOf(account.subscription, to);
        if (!isTiming(timing)) throw new Error(`${timing}`);
        const preview = await previewChange(account, to, timing);
        const before = await newestInvoice(customer);
        const result = await changePlan(account, to, { timing, ...preview });
        const after = await newestInvoice(customer);
        const change = `${nameOf(from)} to ${nameOf(to)}`;
        const held = timing === 'now' ? to : from;
        expect(await row(subscription.id), change).toMatchObject({
          plan: held.plan.name,
          interval: held.interval,
          quantity: held.quantity,
          unitAmount: BigInt(held.plan.prices[held.interval][code]),
        });
        if (timing === 'now') {
          expect(result, change).toEqual({ notice: 'changed' });
          expect(after, change).toMatchObject({ status: 'paid', amount_due: preview.dueNow });
          expect(after?.currency).toBe(code);
          continue;
        }
        expect(result, change).toEqual({ notice: 'planned' });
        expect(after?.id, change).toBe(before?.id);
        expect(preview, change).toMatchObject({
          dueNow: 0,
          next: { amount: to.plan.prices[to.interval][code] * to.quantity },
        });
        expect(await row(subscription.id), change).toMatchObject({
          nextChange: {
            kind: 'scheduled',
            at: account.subscription?.currentPeriodEnd.toISOString(),
            plan: to.plan.name,
            interval: to.interval,
            quantity: to.quantity,
            unitAmount: to.plan.prices[to.interval][code],
          },
        });
      }
    }
  },
  120_000,
);

it.runIf(sellsTwo)('changes nothing when the card of an upgrade is declined', async () => {
  const { user, customer, subscription } = await subscriber(cheaper);
  await giveCard(customer, 'pm_card_chargeCustomerFail');
  const before = await newestInvoice(customer);
  await expect(change(user.id, dearer)).rejects.toMatchObject({ code: 'card_declined' });
  await syncCustomer(customer);
  expect(await row(subscription.id)).toMatchObject({ plan: plan.name, nextChange: null });
  expect(await newestInvoice(customer)).toEqual(before);
});

it.runIf(sellsTwo)('asks for a card where there is none', async () => {
  const { user, customer } = await subscriber(cheaper);
  for (const { id } of (await stripe().customers.listPaymentMethods(customer)).data) {
    await stripe().paymentMethods.detach(id);
  }
  await expect(change(user.id, dearer)).rejects.toMatchObject({ problem: 'no-card' });
});

it.runIf(sellsTwo)(
  'keeps the plan until an upgrade is confirmed at the bank, and drops it on request',
  async () => {
    const { user, customer, subscription } = await subscriber(cheaper);
    await giveCard(customer, 'pm_card_authenticationRequired');
    expect(await change(user.id, dearer)).toHaveProperty('pay');
    expect(await row(subscription.id)).toMatchObject({
      plan: plan.name,
      status: 'active',
      nextChange: { kind: 'unpaid', plan: dearerPlan.name },
    });
    await keepPlan(await findBillingAccount(user.id));
    expect(await row(subscription.id)).toMatchObject({ plan: plan.name, nextChange: null });
    expect(await newestInvoice(customer)).toMatchObject({ status: 'void' });
  },
);

it.runIf(sellsTwo)(
  'replaces one planned change by another, and an upgrade drops what was planned',
  async () => {
    const { user, subscription } = await subscriber({ ...dearer, interval: 'year' });
    await change(user.id, { ...cheaper, interval: 'year' });
    await change(user.id, cheaper);
    const { nextChange, scheduleId } = await row(subscription.id);
    expect(nextChange).toMatchObject({ plan: plan.name, interval: 'month' });
    expect(await change(user.id, cheaper)).toEqual({ notice: 'planned' });
    expect(await row(subscription.id)).toMatchObject({ nextChange, scheduleId });
    await keepPlan(await findBillingAccount(user.id));
    expect(await row(subscription.id)).toMatchObject({ nextChange: null, scheduleId: null });
  },
);

it.runIf(bySeat)('an upgrade that is declined leaves what was planned', async () => {
  if (!bySeat?.seats) return;
  const { min } = bySeat.seats;
  const goal = (quantity: number): PlanGoal => ({ plan: bySeat, interval: 'month', quantity });
  const { user, customer, subscription } = await subscriber(goal(min + 1));
  await change(user.id, goal(min));
  await giveCard(customer, 'pm_card_chargeCustomerFail');
  await expect(change(user.id, goal(min + 2))).rejects.toMatchObject({ code: 'card_declined' });
  await syncCustomer(customer);
  const declined = await row(subscription.id);
  expect(declined).toMatchObject({ quantity: min + 1, nextChange: { quantity: min } });
  await giveCard(customer, 'pm_card_visa');
  expect(await change(user.id, goal(min + 2))).toEqual({ notice: 'changed' });
  const upgraded = await row(subscription.id);
  expect(upgraded).toMatchObject({ quantity: min + 2, nextChange: null, scheduleId: null });
});

it.runIf(sellsTwo)('a discount that runs goes on through a planned change', async () => {
  const { user, customer, subscription } = await subscriber(dearer);
  await stripe().subscriptions.update(subscription.id, {
    discounts: [{ coupon: retentionOffer.name }],
  });
  await syncCustomer(customer);
  const { discounts } = await row(subscription.id);
  await change(user.id, cheaper);
  const planned = await row(subscription.id);
  expect(planned.discounts).toEqual(discounts);
  const schedule = await stripe().subscriptionSchedules.retrieve(planned.scheduleId ?? '');
  const [discount] = (await stripe().subscriptions.retrieve(subscription.id)).discounts;
  for (const phase of schedule.phases) expect(phase.discounts).toMatchObject([{ discount }]);
});

it.runIf(sellsTwo)(
  'of two clicks at once each says what was done, and it is done once',
  async () => {
    const { user, customer, subscription } = await subscriber(dearer);
    const account = await findBillingAccount(user.id);
    const preview = await previewChange(account, cheaper, 'period-end');
    const confirm = () => changePlan(account, cheaper, { timing: 'period-end', ...preview });
    const planned = { notice: 'planned' };
    expect(await Promise.all([confirm(), confirm()])).toEqual([planned, planned]);
    expect((await stripe().subscriptionSchedules.list({ customer })).data).toHaveLength(1);
    expect(await row(subscription.id)).toMatchObject({ nextChange: { plan: plan.name } });
  },
);

it.runIf(sellsTwo)(
  'changes nothing for a moment, an amount or a time that the person did not see',
  async () => {
    const { user, customer } = await subscriber(cheaper);
    const account = await findBillingAccount(user.id);
    const preview = await previewChange(account, dearer, 'now');
    const before = await newestInvoice(customer);
    const end = Math.floor((account.subscription?.currentPeriodEnd.getTime() ?? 0) / 1000);
    for (const forged of [
      { at: end - 1, dueNow: 0 },
      { at: preview.at - 16 * 60 },
      // Before the period began.
      { at: preview.at - 60 },
      { at: Number.NaN },
      { dueNow: 1 },
      { timing: 'period-end' as const },
    ]) {
      await expect(
        changePlan(account, dearer, { timing: 'now', ...preview, ...forged }),
      ).rejects.toMatchObject({ problem: 'preview-outdated' });
    }
    expect(await newestInvoice(customer)).toEqual(before);
  },
);

it.runIf(sellsTwo)('says what has to be done first', async () => {
  const { user, customer, subscription } = await subscriber(cheaper);
  const expectRefusal = async (problem: string, goal = dearer) => {
    await syncCustomer(customer);
    await expect(change(user.id, goal)).rejects.toMatchObject({ problem });
  };
  await stripe().subscriptions.update(subscription.id, { cancel_at: 'max_period_end' });
  await expectRefusal('keep-first');
  await expectRefusal('keep-first', { ...cheaper, interval: 'year' });
  await stripe().subscriptions.update(subscription.id, { cancel_at: '' });
  await stripe().subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
  await expectRefusal('resume-first');
  await stripe().subscriptions.update(subscription.id, { pause_collection: '' });
  await stripe().subscriptions.pause(subscription.id, { type: 'subscription' });
  await expectRefusal('resume-first');
});

it.runIf(sellsTwo)('a trial changes at once and for nothing, and goes on', async () => {
  const { user, customer, subscription } = await subscriber(dearer, currency, 14);
  const { trialEnd } = await row(subscription.id);
  const account = await findBillingAccount(user.id);
  const preview = await previewChange(account, cheaper, 'now');
  expect(preview).toMatchObject({
    dueNow: 0,
    next: { at: trialEnd, amount: plan.prices.month[currency] },
  });
  const confirmed = { timing: 'now', ...preview } as const;
  expect(await changePlan(account, cheaper, confirmed)).toEqual({ notice: 'changed' });
  expect(await row(subscription.id)).toMatchObject({
    plan: plan.name,
    status: 'trialing',
    trialEnd,
  });
  expect(await newestInvoice(customer)).toMatchObject({ amount_due: 0 });
});

/** Sees what a change costs, and confirms it. */
async function change(userId: string, goal: PlanGoal) {
  const account = await findBillingAccount(userId);
  const timing = account.subscription && timingOf(account.subscription, goal);
  const seen = isTiming(timing)
    ? { timing, ...(await previewChange(account, goal, timing)) }
    : ({ timing: 'now', at: 0, dueNow: 0 } as const);
  return changePlan(account, goal, seen);
}

async function subscriber(
  { plan: held, interval, quantity }: PlanGoal,
  code: (typeof currencies)[number] = currency,
  trialDays?: number,
) {
  const user = await createUser();
  const customer = await ensureCustomer(user);
  await giveCard(customer, 'pm_card_visa');
  const subscription = await stripe().subscriptions.create({
    customer,
    currency: code,
    items: [{ price: await catalogueId(lookupKey(held, interval)), quantity }],
    trial_period_days: trialDays,
  });
  await syncCustomer(customer);
  return { user, customer, subscription };
}

async function newestInvoice(customer: string) {
  return (await stripe().invoices.list({ customer, limit: 1 })).data[0];
}

function nameOf({ plan: { name }, interval, quantity }: PlanGoal): string {
  return `${quantity} ${name} by the ${interval}`;
}

function row(id: string) {
  return db().subscription.findUniqueOrThrow({ where: { id } });
}
