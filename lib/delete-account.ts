import { randomUUID } from 'node:crypto';
import { afterResponse } from './after-response';
import { by, personalDetails, pseudonymOf } from './audit';
import { emailChangesOf } from './auth/email-change';
import type { BillingAccount } from './billing/account';
import { endBilling } from './billing/end-billing';
import { BillingError } from './billing/errors';
import { isLivemode } from './billing/stripe';
import { refundUnused, type Unused } from './billing/unused';
import { db } from './db';
import type { Prisma } from './generated/prisma/client';
import { log } from './log';
import { addressedInsert, sendLeftMail } from './mail/outbox';
import { forgetUses } from './rate-limit';
import { followSoon, queueSeats } from './team/follow-members';

/** Lets the goodbye page be shown, to this browser and for a moment. */
export const goodbyeCookie = { name: 'goodbye', path: '/goodbye', maxAge: 60 } as const;

/**
 * Deletes a person or a team and everything we hold of them, all or nothing, after they can no longer be
 * charged: so nobody is ever deleted here and billed there. A team is paid back what it has not used.
 *
 * The account is marked first. A Checkout that is being opened at this moment looks for the mark after
 * it was opened, and closes it: whichever of the two looks last finds the other. The customer's id is
 * kept for payments that arrive later still.
 *
 * What ends at Stripe just before wakes the writer of billing state. It locks the customer and then
 * names the user, so the customers are locked first here, too: else each would wait for the other.
 *
 * What was done to the account stays in the audit, under a pseudonym.
 *
 * @param account for a team with the person who deletes it, and their language
 * @throws BillingError `owns-teams` for somebody without whom a team would have no owner
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was deleted here
 */
export async function deleteAccount(account: BillingAccount): Promise<void> {
  const isTeam = account.members !== null;
  if (await ownsTeam(db(), account.id)) throw ownerStays(account.id);
  const mark = (deletingAt: Date | null) =>
    db().billingAccount.updateMany({ where: { id: account.id }, data: { deletingAt } });
  await mark(new Date());
  let lastInvoice: string | null;
  let refund: Unused | null = null;
  try {
    if (isTeam) refund = await refundUnused(account);
    lastInvoice = await endBilling(account);
  } catch (error) {
    await mark(null);
    throw error;
  }
  const pseudonym = pseudonymOf(account.customer ?? account.id);
  const { personId } = by(account);
  const action = isTeam ? 'team_deleted' : 'account_deleted';
  const goodbye = isTeam
    ? addressedInsert('team_deleted', { team: account.name ?? '', refund }, account)
    : addressedInsert('goodbye', {}, account);
  const left = await db().$transaction(async (transaction) => {
    const teams = await leaveTeams(transaction, account);
    await transaction.$executeRaw`
    WITH customer AS MATERIALIZED (
      SELECT id FROM "Customer" WHERE "userId" = ${account.id} ORDER BY id FOR UPDATE
    ), deleted AS (
      INSERT INTO "DeletedCustomer" (id, livemode, "lastInvoiceId")
      SELECT ${account.customer}, ${isLivemode()}, ${lastInvoice} WHERE ${account.customer}::text IS NOT NULL
      ON CONFLICT (id) DO NOTHING
    ), pseudonymised AS (
      UPDATE "AuditEntry" SET cause = NULL, details = details - ${[...personalDetails]}::text[],
        "userId" = CASE "userId" WHEN ${account.id} THEN ${pseudonym} ELSE "userId" END,
        "personId" = CASE "personId" WHEN ${account.id} THEN ${pseudonym} ELSE "personId" END
      WHERE "userId" = ${account.id} OR "personId" = ${account.id}
    ), audited AS (
      INSERT INTO "AuditEntry" (id, "userId", "personId", actor, action, details)
      VALUES (${randomUUID()}, ${pseudonym}, ${personId}, 'person', ${action}, '{}')
    ), goodbye AS (${goodbye}), team AS (
      DELETE FROM "Team" WHERE id = ${account.id} AND (SELECT count(*) FROM customer) >= 0
    )
    DELETE FROM "User" WHERE id = ${account.id} AND (SELECT count(*) FROM customer) >= 0`;
    return teams;
  });
  for (const id of left) followSoon(id);
  // After a restored backup, whoever was deleted since has to be deleted again.
  log.info('account deleted', { user: account.id });
  afterResponse(sendLeftMail);
  if (isTeam) return forgetUses([account.id]);
  await db().verificationToken.deleteMany({
    where: {
      OR: [
        { identifier: account.email },
        { identifier: { startsWith: emailChangesOf(account.id) } },
      ],
    },
  });
  await db().invitation.deleteMany({ where: { email: account.email } });
  await forgetUses([account.id, account.email]);
}

/** Whether somebody is a team's owner, who hands it over or deletes it first. */
async function ownsTeam(database: Prisma.TransactionClient, userId: string): Promise<boolean> {
  return (await database.member.count({ where: { userId, role: 'owner' } })) > 0;
}

function ownerStays(id: string): BillingError {
  return new BillingError('owns-teams', `user ${id} owns a team`);
}

/**
 * Takes somebody's teams out of their hands before they go. The teams are locked as everybody locks them who
 * changes members, so nobody becomes an owner meanwhile.
 *
 * @returns the ids of the teams, which have one member less
 */
async function leaveTeams(
  transaction: Prisma.TransactionClient,
  { id }: BillingAccount,
): Promise<string[]> {
  const teams = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Team" WHERE id IN (SELECT "teamId" FROM "Member" WHERE "userId" = ${id})
    ORDER BY id FOR NO KEY UPDATE`;
  if (await ownsTeam(transaction, id)) throw ownerStays(id);
  for (const team of teams) await queueSeats(transaction, team.id);
  return teams.map((team) => team.id);
}
