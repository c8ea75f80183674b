import { emailChangesOf } from './auth/email-change';
import { db } from './db';
import { type Limit, usesOf } from './rate-limit';
import { outliving } from './retention';
import { english } from './words/english';

/** How often somebody may download their data: it takes a query of every table. */
export const downloads: Limit = { name: 'download', points: 10, seconds: 60 * 60 };

/**
 * Everything that we hold about somebody, for themselves. What signs in whoever has it (hashes of
 * tokens and keys, tokens of sign-in providers) is left out. Amounts are in the currency's smallest unit.
 *
 * @returns what JSON can hold
 */
export async function ownData(id: string): Promise<object> {
  const { account: billing, ...account } = await db().user.findUniqueOrThrow({
    where: { id },
    relationLoadStrategy: 'join',
    include: {
      accounts: { omit: { access_token: true, refresh_token: true, id_token: true } },
      sessions: { omit: { sessionToken: true } },
      members: {
        include: {
          team: { select: { name: true } },
          keys: { omit: { hash: true } },
        },
      },
      account: {
        include: {
          customers: { include: { subscriptions: true, invoices: true } },
          mirrorChanges: true,
          usageCounters: true,
          projects: true,
          apiKeys: { omit: { hash: true } },
          mails: true,
          grants: true,
        },
      },
    },
  });
  const customers = billing?.customers ?? [];
  const subscriptions = customers.flatMap((customer) => customer.subscriptions);
  const ids = customers.map((customer) => customer.id);
  const [activity, stripeEvents, trials, signInLinks, limits, invitations] = await Promise.all([
    db().auditEntry.findMany({
      where: { OR: [{ userId: id }, { personId: id }] },
      orderBy: { createdAt: 'asc' },
    }),
    db().stripeEvent.findMany({ where: { customerId: { in: ids } } }),
    db().trialUse.findMany({
      where: { subscriptionId: { in: subscriptions.map((each) => each.id) } },
    }),
    db().verificationToken.findMany({
      where: {
        OR: [{ identifier: account.email }, { identifier: { startsWith: emailChangesOf(id) } }],
      },
      omit: { token: true },
    }),
    usesOf([id, account.email]),
    db().invitation.findMany({ where: { email: account.email }, omit: { token: true } }),
  ]);
  const keptAfterDeletion = outliving.map(({ table, days }) =>
    english.settings.outlives[table](days),
  );
  const requests = { signInLinks, limits, invitations };
  const all = { account, billing, activity, stripeEvents, trials, ...requests };
  const text = JSON.stringify({ ...all, keptAfterDeletion }, (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  return JSON.parse(text);
}
