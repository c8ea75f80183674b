import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '../db';
import type { BillingAccount } from './account';
import { BillingError, isInFlight, refusedParam } from './errors';
import { isLivemode, stripe } from './stripe';
import { takeEarlyEvents } from './webhook/early-events';

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
export async function ensureCustomer(account: BillingAccount): Promise<string> {
  if (account.customer) return account.customer;
  const found = await findCustomer(account);
  if (found) return writeOnce(account, found);
  try {
    const customer = await stripe().customers.create(
      { email: account.email, metadata: { userId: account.id } },
      // One that is gone had this key without its own id, and Stripe would answer with it again.
      { idempotencyKey: `customer:${account.id}:${account.stripeCustomerId ?? 'first'}` },
    );
    return await writeOnce(account, customer.id);
  } catch (error) {
    if (isInFlight(error)) return writtenByAnother(account);
    throw error;
  }
}

/**
 * Notes that Stripe refused a customer of ours as unknown. What is known of it stays, as history; the
 * next Checkout makes a new one. Stripe is asked whether it was deleted, in one request: only then
 * have its subscriptions ended, while a key of another account knows nothing of them.
 *
 * @throws Stripe.errors.StripeError when Stripe fails or is slow: the next attempt notes it
 */
export async function noteCustomerGone(customerId: string): Promise<void> {
  const isDeleted = await wasDeleted(customerId);
  await db().customer.updateMany({ where: { id: customerId }, data: { deleted: true } });
  if (!isDeleted) return;
  await db().subscription.updateMany({
    where: { customerId, endedAt: null },
    data: { status: 'canceled', cancelAt: null, endedAt: new Date() },
  });
}

/** Whether we know that Stripe no longer has this customer of ours. */
export async function isCustomerGone(customerId: string): Promise<boolean> {
  return (await db().customer.count({ where: { id: customerId, deleted: true } })) > 0;
}

async function wasDeleted(customerId: string): Promise<boolean> {
  try {
    return (await stripe().customers.retrieve(customerId)).deleted === true;
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    return false;
  }
}

async function findCustomer({ id, email }: BillingAccount): Promise<string | undefined> {
  const customers = await stripe().customers.list({ email, limit: 100 });
  return customers.data.find(({ metadata }) => metadata.userId === id)?.id;
}

/** Replaces the customer that this request found gone, or none; whoever was faster is believed. */
async function writeOnce(account: BillingAccount, customerId: string): Promise<string> {
  const { id: userId, stripeCustomerId } = account;
  await db().$transaction([
    db().customer.createMany({
      data: { id: customerId, userId, livemode: isLivemode() },
      skipDuplicates: true,
    }),
    db().user.updateMany({
      where: { id: userId, stripeCustomerId },
      data: { stripeCustomerId: customerId },
    }),
  ]);
  await takeEarlyEvents(customerId);
  const written = await readCustomerId(userId);
  if (written) return written;
  throw new BillingError('unavailable', `user ${userId} is gone, or has no customer after a write`);
}

/** Another request is making the customer at this moment: its write is waited for. */
async function writtenByAnother({ id, stripeCustomerId }: BillingAccount): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const written = await readCustomerId(id);
    if (written && written !== stripeCustomerId) return written;
    await sleep(100);
  }
  throw new BillingError('unavailable', `the customer of user ${id} is still being made`);
}

async function readCustomerId(userId: string): Promise<string | null | undefined> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { stripeCustomerId: true },
  });
  return user?.stripeCustomerId;
}
