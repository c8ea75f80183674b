import type { Route } from 'next';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import {
  redirectToSignIn,
  type SessionUser,
  sessionTokenHash,
  sessionUser,
  signedInSql,
} from '../auth/session';
import { db, query } from '../db';
import { Prisma } from '../generated/prisma/client';
import { countingSql } from '../rate-limit';
import { may } from '../team/roles';
import { clicks } from './click-limit';
import { isLivemode } from './stripe';
import { mostImportant } from './subscription-status';

/**
 * Whoever pays, as billing's verbs need them: with the customer and subscription that are theirs. That it is
 * a person or a team makes no difference here.
 */
export type BillingAccount = z.infer<typeof accountHolder> & {
  /**
   * Stripe's id of the account's customer (or of their Account, for an installation whose customers are
   * Accounts); null without one that exists in the configured mode.
   */
  customer: string | null;
  /** The subscription that matters most, as our database has it. */
  subscription: OwnSubscription | null;
  /** How many people share the account, for a plan sold by the seat; null for a person alone. */
  members: number | null;
};

export type OwnSubscription = Prisma.SubscriptionGetPayload<{ select: typeof subscriptionColumns }>;

const subscriptionColumns = {
  id: true,
  itemId: true,
  status: true,
  plan: true,
  priceId: true,
  unitAmount: true,
  currency: true,
  quantity: true,
  interval: true,
  intervalCount: true,
  currentPeriodEnd: true,
  cancelAt: true,
  pauseBehavior: true,
  scheduleId: true,
  nextChange: true,
  createdAt: true,
} as const satisfies Prisma.SubscriptionSelect;

/**
 * The guard of billing's pages: whom the signed-in user acts for and what is theirs, in one SQL statement.
 * Without a session it redirects to the sign-in page, and who may not manage the team's billing is told so.
 *
 * @param returnTo the page of ours to come back to after signing in
 */
export async function requireBillingAccount(returnTo: Route): Promise<BillingAccount> {
  const hash = await sessionTokenHash();
  return managing(hash ? await find(signedInSql(hash)) : null, returnTo);
}

/** Somebody who asks Stripe for something, and how often they did in this minute. */
export type Click = BillingAccount & { clicks: number };

/**
 * The guard of actions that ask Stripe for something: as {@link requireBillingAccount}, and in the same
 * statement it counts the click. `urlAfterClick` refuses what is too much.
 */
export async function requireClick(returnTo: Route): Promise<Click> {
  const hash = await sessionTokenHash();
  return managing(hash ? await findClick(hash) : null, returnTo);
}

function managing<Account extends BillingAccount>(found: Account | null, returnTo: Route): Account {
  const account = found ?? redirectToSignIn(returnTo);
  return may(account.role, 'manageBilling') ? account : redirect('/billing?problem=not-allowed');
}

/** How many share the account that somebody acts for; null for a person alone. */
export async function countMembers({ id, role }: SessionUser): Promise<number | null> {
  return role && db().member.count({ where: { teamId: id } });
}

/** @returns null when there is no such session, or it has expired */
export async function findClick(sessionTokenHash: string): Promise<Click | null> {
  const person = Prisma.sql`SELECT person->>'id' AS id FROM holder`;
  return find(signedInSql(sessionTokenHash), countingSql(clicks, person));
}

/**
 * The same for an account whose owner is not signed in here: what commands, the seed and the background use.
 *
 * @throws Error when there is no such account
 */
export async function findBillingAccount(id: string): Promise<BillingAccount> {
  const found = await find(Prisma.sql`
    SELECT id, email, name, locale, theme, "timeZone", "stripeCustomerId",
      jsonb_build_object('id', id, 'email', email, 'name', name) AS person, NULL AS role
    FROM "User" WHERE id = ${id}
    UNION ALL
    SELECT id, email, name, NULL, NULL, NULL, "stripeCustomerId", NULL, NULL FROM "Team" WHERE id = ${id}`);
  if (!found) throw new Error(`There is no billing account ${id}.`);
  const { clicks: _, ...account } = found;
  return account;
}

/** @param counting SQL that counts the click and returns its `points`, if it is one */
async function find(
  holder: Prisma.Sql,
  counting = Prisma.sql`SELECT 0 AS points`,
): Promise<Click | null> {
  const columns = Object.keys(subscriptionColumns).map((name) => Prisma.raw(`own."${name}"`));
  const rows = await query<Row>(Prisma.sql`
    WITH holder AS MATERIALIZED (${holder}), click AS (${counting})
    SELECT to_jsonb(holder) AS holder, points AS clicks,
      (customer.deleted OR customer.livemode <> ${isLivemode()}) IS TRUE AS "isGone",
      (SELECT NULLIF(count(*), 0)::int FROM "Member" WHERE "teamId" = holder.id) AS members,
      ${Prisma.join(columns)}
    FROM holder CROSS JOIN click
    LEFT JOIN "Customer" AS customer ON customer.id = holder."stripeCustomerId"
    LEFT JOIN "Subscription" AS own ON own."customerId" = customer.id`);
  const [row] = rows;
  if (!row) return null;
  const { isGone, members, clicks } = row;
  const account = { ...accountHolder.parse(row.holder), members, clicks };
  if (isGone) return { ...account, customer: null, subscription: null };
  const subscriptions = rows.flatMap(
    ({ holder: _, clicks: __, isGone: ___, members: ____, ...own }) =>
      own.id === null ? [] : [own],
  );
  const subscription = mostImportant(subscriptions) ?? null;
  return { ...account, customer: account.stripeCustomerId, subscription };
}

/** One for each subscription; without any, one whose columns of a subscription are null. */
type Row = { holder: unknown; clicks: number; isGone: boolean; members: number | null } & (
  | OwnSubscription
  | { id: null }
);

const accountHolder = sessionUser.extend({ person: sessionUser.shape.person.nullable() });
