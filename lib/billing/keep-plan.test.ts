import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createSubscriber, dearerPlan } from '@/test/support/integration';
import { findBillingAccount } from './account';
import { cancellationReasons } from './cancellation-reasons';
import { catalogueId } from './catalogue-objects';
import { keepPlan } from './keep-plan';
import { syncCustomer } from './mirror/sync';
import { lookupKey } from './plans';
import { stripe } from './stripe';

it('takes back a cancellation, in either of the ways in which Stripe plans one', async () => {
  const { user, customer, subscription } = await createSubscriber();
  for (const plan of [{ cancel_at: 'max_period_end' }, { cancel_at_period_end: true }] as const) {
    await stripe().subscriptions.update(subscription.id, plan);
    await syncCustomer(customer);
    await keepPlan(await findBillingAccount(user.id));
    expect(await stripe().subscriptions.retrieve(subscription.id)).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
    });
    expect(await row(subscription.id)).toMatchObject({ cancelAt: null, status: 'active' });
  }
});

it('mirrors a planned change of plan, and takes it back', async () => {
  const { user, customer, subscription } = await createSubscriber();
  const [item] = subscription.items.data;
  const price = await catalogueId(lookupKey(dearerPlan, 'month'));
  const schedule = await stripe().subscriptionSchedules.create({
    from_subscription: subscription.id,
  });
  await stripe().subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        start_date: item?.current_period_start,
        end_date: item?.current_period_end,
        items: [{ price: item?.price.id, quantity: 1 }],
      },
      { items: [{ price, quantity: 2 }], duration: { interval: 'month' } },
    ],
  });
  await syncCustomer(customer);
  expect((await row(subscription.id)).nextChange).toMatchObject({
    kind: 'scheduled',
    at: new Date((item?.current_period_end ?? 0) * 1000).toISOString(),
    plan: dearerPlan.name,
    priceId: price,
    quantity: 2,
    interval: 'month',
  });
  await keepPlan(await findBillingAccount(user.id));
  expect(await row(subscription.id)).toMatchObject({ nextChange: null, scheduleId: null });
});

it('keeps the reason that a person gave with the subscription, and counts those who leave', async () => {
  const before = await cancellationReasons();
  const { customer, subscription } = await createSubscriber();
  await stripe().subscriptions.update(subscription.id, {
    cancel_at: 'max_period_end',
    cancellation_details: { feedback: 'too_complex', comment: 'Too many buttons' },
  });
  await syncCustomer(customer);
  expect(await row(subscription.id)).toMatchObject({
    cancelReason: 'cancellation_requested',
    cancelFeedback: 'too_complex',
    cancelComment: 'Too many buttons',
  });
  const after = await cancellationReasons();
  expect(countOf(after)).toBe(countOf(before) + 1);
  expect(after.find(({ reason }) => reason === 'too_complex')?.comments).toContain(
    'Too many buttons',
  );
  expect(await cancellationReasons(new Date('2100-01-01'))).toEqual([]);
});

function countOf(reasons: Awaited<ReturnType<typeof cancellationReasons>>): number {
  return reasons.find(({ reason }) => reason === 'too_complex')?.count ?? 0;
}

function row(id: string) {
  return db().subscription.findUniqueOrThrow({ where: { id } });
}
