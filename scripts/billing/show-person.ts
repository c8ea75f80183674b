import { auditEntries } from '@/lib/audit';
import { auditWords } from '@/lib/audit-words';
import { db } from '@/lib/db';
import { subjectOf } from './audit';

const MISSING = 1;

/**
 * `npm run billing -- show EMAIL_OR_CUSTOMER [--json]`: what we hold about somebody's billing, and what of
 * it is not done yet.
 *
 * @returns the exit code: 0 found, 1 when there is no such person
 */
export async function showPerson(who: string, isJson: boolean): Promise<number> {
  const id = await subjectOf(who);
  const person = id && (await overviewOf(id));
  if (!person) {
    const deleted = await db().deletedCustomer.findUnique({ where: { id: who } });
    console.error(
      deleted
        ? `The account of ${who} was deleted on ${deleted.deletedAt.toISOString()}: see audit ${who}.`
        : `Nobody with ${who} has an account here.`,
    );
    return MISSING;
  }
  const text = JSON.stringify(person, (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  console.log(isJson ? text : linesOf(JSON.parse(text)).join('\n'));
  return 0;
}

async function overviewOf(id: string) {
  const user = await db().billingAccount.findUnique({
    where: { id },
    relationLoadStrategy: 'join',
    select: {
      id: true,
      user: { select: { email: true, stripeCustomerId: true } },
      team: { select: { name: true, email: true, stripeCustomerId: true } },
      createdAt: true,
      deletingAt: true,
      customers: {
        omit: { userId: true },
        include: {
          subscriptions: {
            omit: { items: true, discounts: true },
            orderBy: { createdAt: 'desc' },
          },
          invoices: {
            select: { id: true, status: true, currency: true, amountDue: true, amountPaid: true },
            where: { status: 'open' },
          },
        },
      },
      grants: { omit: { userId: true } },
      usageCounters: { omit: { userId: true } },
    },
  });
  if (!user) return null;
  const customerId = { in: user.customers.map((customer) => customer.id) };
  const [events, changes, mails, entries] = await Promise.all([
    db().stripeEvent.findMany({
      where: { customerId, status: { in: ['failed', 'received'] } },
      select: { id: true, type: true, status: true, attempts: true, error: true },
    }),
    db().mirrorChange.findMany({
      where: { userId: id, deliveredAt: null },
      select: { id: true, object: true, objectId: true, attempts: true, lastError: true },
    }),
    db().mail.findMany({
      where: { userId: id, doneAt: null },
      select: { kind: true, cause: true, attempts: true, lastError: true },
    }),
    auditEntries(id, 5),
  ]);
  const { customers: all, user: person, team, ...account } = user;
  const customers = all.map(({ subscriptions: _, invoices: __, ...customer }) => customer);
  const subscriptions = all.flatMap((customer) => customer.subscriptions);
  const openInvoices = all.flatMap((customer) => customer.invoices);
  const undone = { events, changes, mails };
  const latest = entries.map((entry) => `${entry.createdAt.toISOString()} ${auditWords(entry)}`);
  const billing = { customers, subscriptions, openInvoices };
  return { ...(person ?? team), ...account, ...billing, undone, latest };
}

/** `subscriptions.0.status  active`, a line for each thing that there is. */
function linesOf(value: unknown, path = ''): string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [`${path.padEnd(36)}  ${value}`];
  return Object.entries(value).flatMap(([name, each]) =>
    linesOf(each, path ? `${path}.${name}` : name),
  );
}
