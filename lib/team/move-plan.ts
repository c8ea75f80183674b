import { afterResponse } from '../after-response';
import { audit, by } from '../audit';
import type { Person } from '../auth/session';
import { type BillingAccount, findBillingAccount } from '../billing/account';
import { moveCustomers } from '../billing/customer';
import { closeCheckoutPages } from '../billing/end-billing';
import { logBillingError } from '../billing/errors';
import { findPaidPlan, mostMembers, teams } from '../billing/plans';
import { stripe } from '../billing/stripe';
import { isOngoing } from '../billing/subscription-status';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { moveProjects } from '../projects/move-projects';
import { followSoon, queueSeats } from './follow-members';
import { asMember, TeamError } from './members';
import type { TeamChoice } from './teams';

/** A team that a plan could be moved to, and why it cannot. */
export type Target = TeamChoice & {
  members: number;
  /** It pays for a plan of its own, or has more members than the plan, or than its seats. */
  problem: 'has-plan' | 'too-small' | null;
};

/** The teams that somebody owns, for the plan that they pay for themselves. Empty without one. */
export async function targetsOf(account: BillingAccount): Promise<Target[]> {
  if (!teams || !hasPlan(account)) return [];
  const owned = await db().team.findMany({
    where: { members: { some: { userId: account.id, role: 'owner' } } },
    relationLoadStrategy: 'join',
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { ...columns, id: true, name: true },
  });
  return owned.map(({ id, name, stripeCustomerId, _count: { members } }) => ({
    id,
    name,
    members,
    problem: stripeCustomerId ? 'has-plan' : members > room(account) ? 'too-small' : null,
  }));
}

const columns = { stripeCustomerId: true, _count: { select: { members: true } } } as const;

/** Whether they pay for something that a team could have. */
export function hasPlan({ customer, subscription, members }: BillingAccount): boolean {
  return members === null && customer !== null && isOngoing(subscription?.status ?? '');
}

/** How many people the plan is paid for. More seats would have to be paid for first. */
function room({ subscription }: BillingAccount): number {
  const plan = findPaidPlan(subscription?.plan);
  if (!subscription || !plan) return 1;
  return plan.seats ? subscription.quantity : mostMembers(plan);
}

/**
 * Makes a team that somebody owns the customer that they are: with the subscription, card, invoices and
 * discounts, with what was given to them and what they have used and stored. Nothing is charged for it. What
 * they have afterwards is the free plan.
 *
 * @throws TeamError `not-allowed`, also when the team has a plan or too many members
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was moved then
 */
export async function movePlan(person: Person, teamId: string): Promise<void> {
  const account = await findBillingAccount(person.id);
  const { customer } = account;
  if (!customer || !hasPlan(account)) throw new TeamError('not-allowed');
  const target = (await targetsOf(account)).find(({ id }) => id === teamId);
  if (!target || target.problem) throw new TeamError('not-allowed');
  // One that is paid later would be theirs no longer.
  await closeCheckoutPages(customer);
  const actor = { id: teamId, person };
  await asMember(actor, 'movePlan', async (transaction, member) => {
    const [{ members, team }, owned] = [
      await readTeam(transaction, teamId),
      await transaction.user.updateMany({
        where: { id: person.id, stripeCustomerId: customer, account: { deletingAt: null } },
        data: { stripeCustomerId: null },
      }),
    ];
    const isFree = team.stripeCustomerId === null && !team.account?.deletingAt;
    if (owned.count === 0 || !isFree || members > room(account)) throw new TeamError('not-allowed');
    await transaction.team.update({ where: { id: teamId }, data: { stripeCustomerId: customer } });
    await moveAccount(transaction, person.id, teamId);
    await moveProjects(transaction, person.id, { id: teamId, member });
    await queueSeats(transaction, teamId);
  });
  await audit({ ...by(actor), action: 'plan_moved' });
  await audit({ ...by({ id: person.id, person }), action: 'plan_moved' });
  followSoon(teamId);
  // Only of use to whoever looks at Stripe, and to find a customer that we lost: ours counts.
  afterResponse(() =>
    stripe()
      .customers.update(customer, { metadata: { userId: teamId } })
      .then(undefined, logBillingError),
  );
}

async function readTeam(transaction: Prisma.TransactionClient, id: string) {
  const { _count, ...team } = await transaction.team.findUniqueOrThrow({
    where: { id },
    select: { ...columns, account: { select: { deletingAt: true } } },
  });
  return { members: _count.members, team };
}

/** Everything of a billing account that knows whose it is. What the team has used and was given stays, too. */
async function moveAccount(
  transaction: Prisma.TransactionClient,
  from: string,
  to: string,
): Promise<void> {
  // First, in the order in which the writer of billing state and deletions lock.
  await moveCustomers(transaction, from, to);
  await transaction.$executeRaw`
    INSERT INTO "UsageCounter" SELECT ${to}, name, used, "periodEnd", "lastUsedAt"
    FROM "UsageCounter" WHERE "userId" = ${from}
    ON CONFLICT ("userId", name) DO UPDATE SET used = "UsageCounter".used + excluded.used,
      "periodEnd" = excluded."periodEnd"`;
  await transaction.usageCounter.deleteMany({ where: { userId: from } });
  await transaction.$executeRaw`
    UPDATE "Grant" AS mine SET "userId" = ${to}
    WHERE "userId" = ${from}
      AND NOT EXISTS (SELECT FROM "Grant" WHERE "userId" = ${to} AND name = mine.name)`;
  await transaction.$executeRaw`
    UPDATE "BillingAccount" AS team SET "retentionOfferedAt" = own."retentionOfferedAt"
    FROM "BillingAccount" AS own WHERE team.id = ${to} AND own.id = ${from}`;
}
