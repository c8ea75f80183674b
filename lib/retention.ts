import { db } from './db';
import { Prisma } from './generated/prisma/client';

/**
 * Rows go `days` after the time in the column `since`, which has an index, if the SQL `only` holds; a text says
 * why none goes by age.
 */
type Rule = { days: number; since: string; only?: string; isInMilliseconds?: true } | string;

const WITH_ACCOUNT = 'Kept until the account is deleted, and deleted with it.';

/** How long the rows of each table are kept. A table that is missing here does not compile. */
export const retention: Readonly<Record<Prisma.ModelName, Rule>> = {
  BillingAccount: 'Comes and goes with its person or team.',
  User: 'Kept until the person deletes the account.',
  Team: 'Kept until its owner deletes it.',
  Member: 'Kept until they leave, or until the team or their account is deleted.',
  Invitation: { days: 7, since: 'expires' },
  Account: WITH_ACCOUNT,
  Session: { days: 0, since: 'expires' },
  VerificationToken: { days: 0, since: 'expires' },
  Customer: WITH_ACCOUNT,
  Subscription: WITH_ACCOUNT,
  Invoice: WITH_ACCOUNT,
  Grant: { days: 400, since: 'until' },
  // Longer than the thirty days for which Stripe lists events: none is taken for a missed one.
  StripeEvent: { days: 90, since: '"createdAt"', only: `status IN ('processed', 'ignored')` },
  MirrorChange: { days: 90, since: '"deliveredAt"' },
  // Longer than a year: an e-mail that is sent once a year would be sent twice.
  Mail: { days: 400, since: '"doneAt"' },
  ReconcileProgress: 'One row for each mode, about nobody.',
  // Disputes can come more than a year after a payment.
  AuditEntry: { days: 730, since: '"createdAt"' },
  DeletedCustomer: { days: 400, since: '"deletedAt"' },
  TrialUse: { days: 730, since: '"createdAt"' },
  CatalogueObject: 'What is at Stripe, about nobody.',
  UsageCounter: { days: 400, since: '"periodEnd"' },
  RateLimit: { days: 0, since: 'expire', isInMilliseconds: true },
  Project: WITH_ACCOUNT,
  ApiKey: WITH_ACCOUNT,
};

/** What outlives a deleted account, and for how many days. Everything else goes with it. */
export const outliving = (
  ['AuditEntry', 'DeletedCustomer', 'StripeEvent', 'TrialUse'] as const satisfies Prisma.ModelName[]
).map((table) => {
  const rule = retention[table];
  if (typeof rule === 'string') throw new Error(`${table} would be kept forever.`);
  return { table, days: rule.days };
});

/** Few enough that nobody waits for their locks. */
const BATCH = 1_000;

/**
 * Removes what has been kept long enough, in small batches. Any number of processes may do so.
 *
 * @param signal ends it after the batch that is being removed: the next run goes on
 * @returns how many rows were removed
 */
export async function removeExpired(signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for (const [model, rule] of Object.entries(retention)) {
    if (typeof rule === 'string') continue;
    const table = Prisma.raw(model === 'RateLimit' ? 'rate_limit' : `"${model}"`);
    const [since, only] = [Prisma.raw(rule.since), Prisma.raw(rule.only ?? 'TRUE')];
    const time = Prisma.sql`CURRENT_TIMESTAMP - make_interval(days => ${rule.days}::int)`;
    const end = rule.isInMilliseconds
      ? Prisma.sql`(extract(epoch FROM ${time}) * 1000)::bigint`
      : time;
    for (let batch = BATCH; batch === BATCH && !signal?.aborted; removed += batch) {
      batch = await db().$executeRaw`
        DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM ${table}
          WHERE ${since} < ${end} AND ${only}
          LIMIT ${BATCH}
        ))`;
    }
  }
  return removed;
}
