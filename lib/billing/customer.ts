import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import type { BillingAccount } from './account';
import { BillingError, isInFlight } from './errors';
import { isLivemode, stripe } from './stripe';
import { processEarlyEvents } from './webhook/early-events';

/**
 * The user's Stripe customer, created when it is first needed and only once, however often and
 * concurrently it is asked for, by however many processes:
 *
 * 1. the request has an idempotency key made from the user's id, so that Stripe creates one customer
 *    for all requests within a day;
 * 2. a customer created earlier whose id never reached our database is found by the user's id in its
 *    metadata, and used;
 * 3. the id is written only where there is none yet, and everyone reads back what was written.
 *
 * @returns Stripe's id of the customer
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function ensureCustomer(account: BillingAccount): Promise<string> {
  if (account.customer) return account.customer;
  const found = await findCustomer(account);
  if (found) return writeOnce(account, found);
  // With the key of a customer that is gone, Stripe would answer with that customer again.
  return create(account, account.stripeCustomerId ?? 'first');
}

async function create(account: BillingAccount, key: string): Promise<string> {
  try {
    const { id } = await stripe().customers.create(
      { email: account.email, metadata: { userId: account.id } },
      { idempotencyKey: `customer:${account.id}:${key}` },
    );
    // For a day Stripe answers the same again, also once that customer was moved to a team.
    return (await isOfAnother(account, id)) ? create(account, id) : await writeOnce(account, id);
  } catch (error) {
    if (isInFlight(error)) return writtenByAnother(account);
    throw error;
  }
}

/**
 * Writes that a customer is an account's, unless another has become theirs, or it is another's.
 *
 * @param account with the customer that it had until now
 * @returns whether it is theirs now
 */
export async function linkCustomer(
  { id: userId, stripeCustomerId }: Pick<BillingAccount, 'id' | 'stripeCustomerId'>,
  customerId: string,
): Promise<boolean> {
  const own = {
    id: userId,
    stripeCustomerId,
    account: { customers: { some: { id: customerId } } },
  };
  const link = { where: own, data: { stripeCustomerId: customerId } };
  const [, ...linked] = await db().$transaction([
    db().customer.createMany({
      data: { id: customerId, userId, livemode: isLivemode() },
      skipDuplicates: true,
    }),
    db().user.updateMany(link),
    db().team.updateMany(link),
  ]);
  return linked.some(({ count }) => count > 0);
}

/** Makes an account's customers those of another account; the mirror of what they pay for stays as it is. */
export async function moveCustomers(
  transaction: Prisma.TransactionClient,
  from: string,
  to: string,
): Promise<void> {
  await transaction.customer.updateMany({ where: { userId: from }, data: { userId: to } });
  await transaction.mirrorChange.updateMany({ where: { userId: from }, data: { userId: to } });
}

/** Whether we know that Stripe no longer has this customer of ours. */
export async function isCustomerGone(customerId: string): Promise<boolean> {
  return (await db().customer.count({ where: { id: customerId, deleted: true } })) > 0;
}

async function findCustomer(account: BillingAccount): Promise<string | undefined> {
  const { id: userId, email } = account;
  const customers = await stripe().customers.list({ email, limit: 100 });
  const found = customers.data.find(({ metadata }) => metadata.userId === userId)?.id;
  return found && !(await isOfAnother(account, found)) ? found : undefined;
}

/** Whether our database has a customer as another account's. */
async function isOfAnother({ id: userId }: BillingAccount, id: string): Promise<boolean> {
  return (await db().customer.count({ where: { id, NOT: { userId } } })) > 0;
}

/** Replaces no customer, or the one that this request found gone. The fastest request wins. */
async function writeOnce(account: BillingAccount, customerId: string): Promise<string> {
  const { id: userId } = account;
  await linkCustomer(account, customerId);
  await processEarlyEvents(customerId);
  const written = await readCustomerId(userId);
  if (written) return written;
  throw new BillingError(
    'unavailable',
    `user ${userId} was deleted, or has no customer after a write`,
  );
}

/** Another request is creating the customer right now: waits for its write. */
async function writtenByAnother({ id, stripeCustomerId }: BillingAccount): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const written = await readCustomerId(id);
    if (written && written !== stripeCustomerId) return written;
    await sleep(100);
  }
  throw new BillingError('unavailable', `the customer of user ${id} is still being created`);
}

async function readCustomerId(id: string): Promise<string | null | undefined> {
  const account = await db().billingAccount.findUnique({
    where: { id },
    relationLoadStrategy: 'join',
    select: { user: { select: stripeCustomerId }, team: { select: stripeCustomerId } },
  });
  return (account?.user ?? account?.team)?.stripeCustomerId;
}

const stripeCustomerId = { stripeCustomerId: true } as const;
