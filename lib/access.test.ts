import { expect, expectTypeOf, it } from 'vitest';
import { createSubscriber, createUser, dearerPlan, plan } from '@/test/support/integration';
import { type Access, accessOf } from './access';
import { syncCustomer } from './billing/mirror/sync';
import { featureNames, limitNames } from './billing/plan-with';
import { type Feature, freePlan, type Limit, lookupKey } from './billing/plans';
import { stripe } from './billing/stripe';
import { endExtra, extrasOf, giveExtra } from './grants';
import { refuseWithout } from './require-feature';

it('somebody who never subscribed has what the free plan includes', async () => {
  const access = await accessOf(await createUser());
  expect(access).toMatchObject({ plan: freePlan, state: 'never_subscribed', period: null });
  expect(featureNames.filter(access.can)).toEqual(freePlan.features);
  for (const name of limitNames) expect(access.limit(name)).toBe(freePlan.limits[name]);
});

it('a subscriber has what their plan includes, for the period that they have paid for', async () => {
  const { user, customer, subscription } = await createSubscriber(lookupKey(dearerPlan, 'year'));
  await syncCustomer(customer);
  const access = await accessOf(user);
  expect(access).toMatchObject({ plan: dearerPlan, state: 'active' });
  expect(featureNames.filter(access.can)).toEqual(dearerPlan.features);
  for (const name of limitNames) expect(access.limit(name)).toBe(dearerPlan.limits[name]);
  const [item] = subscription.items.data;
  expect(access.period).toEqual({
    start: new Date((item?.current_period_start ?? 0) * 1000),
    end: new Date((item?.current_period_end ?? 0) * 1000),
  });
});

it('what client components are given is plain values, and says the same', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  const { shown } = await accessOf(user);
  expect(JSON.parse(JSON.stringify(shown))).toEqual({
    plan: plan.name,
    features: plan.features,
    limits: plan.limits,
  });
});

it('a route handler refuses those without the feature with a problem document', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  expect(await refuseWithout('api', user)).toBeNull();

  await stripe().subscriptions.cancel(subscription.id);
  await syncCustomer(customer);
  const response = await refuseWithout('api', user);
  expect(response?.status).toBe(402);
  expect(response?.headers.get('content-type')).toBe('application/problem+json');
  expect(await response?.json()).toMatchObject({ status: 402, feature: 'api', plan: plan.name });
});

it('what somebody was given counts beside their plan, until it ends', async () => {
  const user = await createUser();
  const limit = limitNames[0] ?? expect.fail('the catalogue limits something');
  const hour = 60 * 60 * 1000;
  const later = new Date(Date.now() + hour);
  await giveExtra(user.email, { name: 'api', amount: null, until: later, reason: 'beta' });
  await giveExtra(user.email, { name: limit, amount: 1234, until: null, reason: null });
  const access = await accessOf(user);
  expect(access.can('api')).toBe(true);
  expect(access.limit(limit)).toBe(1234);
  expect(access.shown).toMatchObject({ features: ['api'], limits: { [limit]: 1234 } });
  expect(access.extras).toEqual([
    { name: 'api', amount: null, until: later, reason: 'beta' },
    { name: limit, amount: 1234, until: null, reason: null },
  ]);

  // A smaller amount than the plan's takes nothing away; what is over is listed, and worth nothing.
  const over = new Date(Date.now() - hour);
  await giveExtra(user.email, { name: 'api', amount: null, until: over, reason: 'beta' });
  await giveExtra(user.email, { name: limit, amount: 0, until: null, reason: null });
  expect((await accessOf(user)).can('api')).toBe(false);
  expect((await accessOf(user)).limit(limit)).toBe(freePlan.limits[limit]);
  expect(await extrasOf(user.email)).toHaveLength(2);

  expect(await endExtra(user.email, 'api')).toBe(true);
  expect(await endExtra(user.email, 'api')).toBe(false);
  expect(await extrasOf(user.email)).toHaveLength(1);
  expect(
    await giveExtra('nobody@example.com', { name: 'api', amount: null, until: null, reason: null }),
  ).toBe(false);
});

it('a feature or limit that the catalogue does not have does not compile', () => {
  expectTypeOf<Parameters<Access['can']>>().toEqualTypeOf<[feature: Feature]>();
  expectTypeOf<Parameters<Access['limit']>>().toEqualTypeOf<[limit: Limit]>();
  expectTypeOf<string>().not.toExtend<Feature>();
});
