import type { Route } from 'next';
import {
  findSignedIn,
  redirectToSignIn,
  type SessionUser,
  sessionUserColumns,
} from '../auth/session';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { isLivemode } from './stripe';
import { mostImportant } from './subscription-status';

/** The signed-in user as billing's verbs need them: with the customer and subscription that are theirs. */
export type BillingAccount = SessionUser & {
  /**
   * Stripe's id of the user's customer (or of their Account, for an installation whose customers are
   * Accounts); null without one that exists in the configured mode.
   */
  customer: string | null;
  /** The subscription that matters most, as our database has it. */
  subscription: OwnSubscription | null;
};

export type OwnSubscription = Prisma.SubscriptionGetPayload<{ select: typeof subscriptionColumns }>;

const subscriptionColumns = {
  id: true,
  itemId: true,
  status: true,
  plan: true,
  interval: true,
  quantity: true,
  currentPeriodEnd: true,
  pauseBehavior: true,
  scheduleId: true,
  nextChange: true,
  cancelAt: true,
  createdAt: true,
} as const satisfies Prisma.SubscriptionSelect;

const accountColumns = {
  ...sessionUserColumns,
  customers: { select: { id: true, livemode: true, deleted: true } },
  subscriptions: { select: { ...subscriptionColumns, customerId: true } },
} as const satisfies Prisma.UserSelect;

/**
 * The guard of billing's actions: the session, its user and what is theirs, in one SQL statement.
 * Without a session it redirects to the sign-in page and does not return.
 *
 * @param returnTo the page of ours to come back to after signing in
 */
export async function requireBillingAccount(returnTo: Route): Promise<BillingAccount> {
  const found = await findSignedIn(accountColumns);
  return found ? toAccount(found) : redirectToSignIn(returnTo);
}

/** The same for a user who is not signed in here: what commands and the seed use. */
export async function findBillingAccount(userId: string): Promise<BillingAccount> {
  return toAccount(
    await db().user.findUniqueOrThrow({
      where: { id: userId },
      relationLoadStrategy: 'join',
      select: accountColumns,
    }),
  );
}

type Found = Prisma.UserGetPayload<{ select: typeof accountColumns }>;

function toAccount({ customers, subscriptions, ...user }: Found): BillingAccount {
  const customer = user.stripeCustomerId;
  const record = customers.find(({ id }) => id === customer);
  const isGone = record && (record.deleted || record.livemode !== isLivemode());
  if (!customer || isGone) return { ...user, customer: null, subscription: null };
  const own = subscriptions.filter(({ customerId }) => customerId === customer);
  return { ...user, customer, subscription: mostImportant(own) ?? null };
}
