import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionUser } from '../auth/session';
import { db } from '../db';
import { BillingError, isInFlight } from './errors';
import { isLivemode, stripe } from './stripe';

/**
 * The user's Stripe customer, made at the first need and only once, however often and however
 * concurrently it is asked for, by however many processes:
 *
 * 1. the request carries an idempotency key made of the user's id, so that Stripe makes one
 *    customer for all who ask within a day;
 * 2. a customer made earlier whose id never reached our database is found by the user's id in its
 *    metadata and taken over;
 * 3. the id is written only where none is yet, and everyone reads back what was written.
 *
 * @returns Stripe's id of the customer
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function ensureCustomer(user: SessionUser): Promise<string> {
  if (user.stripeCustomerId) return user.stripeCustomerId;
  const found = await findCustomer(user);
  if (found) return writeOnce(user.id, found);
  try {
    const customer = await stripe().customers.create(
      { email: user.email, metadata: { userId: user.id } },
      { idempotencyKey: `customer:${user.id}` },
    );
    return await writeOnce(user.id, customer.id);
  } catch (error) {
    if (isInFlight(error)) return writtenByAnother(user.id);
    throw error;
  }
}

async function findCustomer(user: SessionUser): Promise<string | undefined> {
  const customers = await stripe().customers.list({ email: user.email, limit: 100 });
  return customers.data.find(({ metadata }) => metadata.userId === user.id)?.id;
}

async function writeOnce(userId: string, customerId: string): Promise<string> {
  await db().$transaction([
    db().customer.createMany({
      data: { id: customerId, userId, livemode: isLivemode() },
      skipDuplicates: true,
    }),
    db().user.updateMany({
      where: { id: userId, stripeCustomerId: null },
      data: { stripeCustomerId: customerId },
    }),
  ]);
  const written = await readCustomerId(userId);
  if (written) return written;
  throw new BillingError('unavailable', `user ${userId} is gone, or has no customer after a write`);
}

/** Another request is making the customer at this moment: its write is waited for. */
async function writtenByAnother(userId: string): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const written = await readCustomerId(userId);
    if (written) return written;
    await sleep(100);
  }
  throw new BillingError('unavailable', `the customer of user ${userId} is still being made`);
}

async function readCustomerId(userId: string): Promise<string | null | undefined> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { stripeCustomerId: true },
  });
  return user?.stripeCustomerId;
}
