import { expect, it } from 'vitest';
import { databaseGate } from '@/test/support/database-gate';
import { createUser } from '@/test/support/integration';
import { db } from '../../db';
import { ensureCustomer } from '../customer';
import { stripe } from '../stripe';
import { reconcile } from './reconcile';

/** Between us and the database, to hold up one statement. */
const gate = databaseGate();

it('an event of a stranger who becomes a customer of ours while it is recorded has its effect', async () => {
  const user = await createUser();
  const { id: customer } = await stripe().customers.create({
    email: user.email,
    metadata: { userId: user.id },
  });
  await stripe().customers.update(customer, { description: 'nobody of ours yet' });
  const { data } = await stripe().events.list({ type: 'customer.updated', limit: 1 });
  const [event] = data;
  if (!event) throw new Error('Stripe reports no event.');
  // The first statement with its id asks for its status, the second records it.
  gate().arm({ ids: [event.id], nth: 2, trouble: 'hold' });
  const run = reconcile({ fix: true, rate: 1_000 });
  await expect.poll(() => gate().isHolding).toBe(true);
  expect(await ensureCustomer(user)).toBe(customer);
  gate().release();
  expect(await run).toMatchObject({ failed: [], complete: true });
  const { status } = await db().stripeEvent.findUniqueOrThrow({ where: { id: event.id } });
  expect(status).toBe('processed');
});
