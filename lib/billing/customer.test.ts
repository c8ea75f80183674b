import { expect, it } from 'vitest';
import { createUser, requestsDuring } from '@/test/support/integration';
import { db } from '../db';
import { findBillingAccount } from './account';
import { ensureCustomer } from './customer';
import { stripe } from './stripe';

it('makes one customer for fifty first clicks at once', async () => {
  const user = await createUser();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ensureCustomer(user)));
  expect(new Set(answers).size).toBe(1);
  const atStripe = await stripe().customers.list({ email: user.email });
  expect(atStripe.data.map(({ id }) => id)).toEqual([answers[0]]);
  expect((await findBillingAccount(user.id)).stripeCustomerId).toBe(answers[0]);
});

it('asks Stripe nothing once the user has a customer', async () => {
  const user = await createUser();
  await ensureCustomer(user);
  const requests = await requestsDuring(async () =>
    ensureCustomer(await findBillingAccount(user.id)),
  );
  expect(requests).toEqual([]);
});

it('takes over the customer of a click that died before its write', async () => {
  const user = await createUser();
  const { id } = await stripe().customers.create({
    email: user.email,
    metadata: { userId: user.id },
  });
  expect(await ensureCustomer(user)).toBe(id);
  expect(await db().customer.findUnique({ where: { id } })).toMatchObject({ userId: user.id });
});

it("leaves another person's customer with the same address alone", async () => {
  const user = await createUser();
  const other = await stripe().customers.create({
    email: user.email,
    metadata: { userId: 'somebody else' },
  });
  expect(await ensureCustomer(user)).not.toBe(other.id);
});
