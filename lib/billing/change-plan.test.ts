import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createSubscriber, dearerPlan, plan } from '@/test/support/integration';
import { giveCard } from '@/test/support/subscribers';
import { findBillingAccount } from './account';
import { changePlan } from './change-plan';
import { keepPlan } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import type { PlanGoal } from './plan-change';
import { lookupKey } from './plans';
import { previewChange } from './preview-change';
import { stripe } from './stripe';

const dearer: PlanGoal = { plan: dearerPlan, interval: 'month', quantity: 1 };
const cheaper: PlanGoal = { plan, interval: 'month', quantity: 1 };

it('bills an upgrade to the cent as the preview said', async () => {
  const { user, customer, subscription } = await subscriber();
  const at = Math.floor(Date.now() / 1000);
  const account = await findBillingAccount(user.id);
  const preview = await previewChange(account, dearer, 'now', at);
  expect(await changePlan(account, dearer, preview)).toEqual({ notice: 'changed' });
  const [invoice] = (await stripe().invoices.list({ customer, limit: 1 })).data;
  expect(invoice).toMatchObject({ status: 'paid', amount_paid: preview.dueNow });
  expect(await row(subscription.id)).toMatchObject({ plan: dearerPlan.name, nextChange: null });
});

it('keeps the plan when an upgrade is not paid, and drops the upgrade when the person keeps it', async () => {
  const { user, customer, subscription } = await subscriber();
  await giveCard(customer, 'pm_card_authenticationRequired');
  const account = await findBillingAccount(user.id);
  const preview = await previewChange(account, dearer, 'now', Math.floor(Date.now() / 1000));
  const result = await changePlan(account, dearer, preview);
  expect(result).toHaveProperty('pay');
  expect(await row(subscription.id)).toMatchObject({
    plan: plan.name,
    status: 'active',
    nextChange: { kind: 'unpaid', plan: dearerPlan.name },
  });
  await keepPlan(await findBillingAccount(user.id));
  expect(await row(subscription.id)).toMatchObject({ plan: plan.name, nextChange: null });
});

it('plans a downgrade for the end of the period', async () => {
  const { user, subscription } = await subscriber(dearerPlan);
  const account = await findBillingAccount(user.id);
  const at = Math.floor(Date.now() / 1000);
  const preview = await previewChange(account, cheaper, 'period-end', at);
  expect(preview).toMatchObject({ dueNow: 0, next: { amount: plan.prices.month } });
  expect(await changePlan(account, cheaper, preview)).toEqual({ notice: 'planned' });
  expect(await row(subscription.id)).toMatchObject({
    plan: dearerPlan.name,
    nextChange: { kind: 'scheduled', plan: plan.name },
  });
});

it('changes nothing for a moment or an amount that the person did not see', async () => {
  const { user, subscription } = await subscriber();
  const account = await findBillingAccount(user.id);
  const at = Math.floor(account.subscription?.currentPeriodEnd.getTime() ?? 0) / 1000;
  for (const confirmed of [
    { at, dueNow: 0 },
    { at: Math.floor(Date.now() / 1000), dueNow: 1 },
  ]) {
    await expect(changePlan(account, dearer, confirmed)).rejects.toMatchObject({
      problem: 'preview-outdated',
    });
  }
  expect((await stripe().subscriptions.retrieve(subscription.id)).latest_invoice).toBe(
    subscription.latest_invoice,
  );
});

async function subscriber(paid = plan) {
  const created = await createSubscriber(lookupKey(paid, 'month'));
  await syncCustomer(created.customer);
  return created;
}

function row(id: string) {
  return db().subscription.findUniqueOrThrow({ where: { id } });
}
