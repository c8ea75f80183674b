import { expect, it } from 'vitest';
import { createSubscriber, createUser, dearerPlan, plan } from '@/test/support/integration';
import { findBillingAccount } from './account';
import { createCheckoutUrl } from './checkout';
import { stripe } from './stripe';

it('opens one Checkout page for many clicks at once', async () => {
  const user = await createUser();
  const urls = await Promise.all(
    Array.from({ length: 10 }, () => createCheckoutUrl(user, plan, 'month', null)),
  );
  expect(new Set(urls).size).toBe(1);
});

it('leads back to the page that is open already, and closes those for other plans', async () => {
  const user = await createUser();
  const first = await createCheckoutUrl(user, plan, 'month', null);
  expect(await createCheckoutUrl(await findBillingAccount(user.id), plan, 'month', null)).toBe(
    first,
  );
  expect(
    await createCheckoutUrl(await findBillingAccount(user.id), dearerPlan, 'year', null),
  ).not.toBe(first);
  const { stripeCustomerId } = await findBillingAccount(user.id);
  const { data } = await stripe().checkout.sessions.list({ customer: stripeCustomerId ?? '' });
  expect(data.map(({ status }) => status)).toEqual(['open', 'expired']);
});

it('sells no second subscription, even when our own record has not heard of the first', async () => {
  const { user } = await createSubscriber();
  await expect(createCheckoutUrl(user, dearerPlan, 'month', null)).rejects.toMatchObject({
    problem: 'already-subscribed',
  });
});

it('opens for somebody whose customer was deleted at Stripe, with a new one', async () => {
  const user = await createUser();
  await createCheckoutUrl(user, plan, 'month', null);
  const before = await findBillingAccount(user.id);
  await stripe().customers.del(before.customer ?? '');
  expect(await createCheckoutUrl(before, plan, 'month', null)).toMatch(/^http/);
  const after = await findBillingAccount(user.id);
  expect(after.customer).toMatch(/^cus_/);
  expect(after.customer).not.toBe(before.customer);
});
