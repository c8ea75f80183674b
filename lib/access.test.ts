import { expect, expectTypeOf, it } from 'vitest';
import { createSubscriber, createUser, dearerPlan, plan } from '@/test/support/integration';
import { type Access, accessOf } from './access';
import { syncCustomer } from './billing/mirror/sync';
import { featureNames } from './billing/plan-with';
import { type Feature, freePlan, type Limit, limits, lookupKey } from './billing/plans';
import { stripe } from './billing/stripe';
import { refuseWithout } from './require-feature';

const limitNames = Object.keys(limits).filter((name): name is Limit => name in limits);

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

it('a feature or limit that the catalogue does not have does not compile', () => {
  expectTypeOf<Parameters<Access['can']>>().toEqualTypeOf<[feature: Feature]>();
  expectTypeOf<Parameters<Access['limit']>>().toEqualTypeOf<[limit: Limit]>();
  expectTypeOf<string>().not.toExtend<Feature>();
});
