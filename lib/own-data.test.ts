import { expect, it } from 'vitest';
import { fillTable, tablesOfSchema } from '@/test/support/fill-table';
import { createSubscriber } from '@/test/support/integration';
import { syncCustomer } from './billing/mirror/sync';
import { db } from './db';
import { deleteAccount } from './delete-account';
import { Prisma } from './generated/prisma/client';
import { ownData } from './own-data';
import { outliving } from './retention';

/** Tables about nobody. */
const NOBODYS = ['ReconcileProgress', 'CatalogueObject'];
/** Written by the deletion itself. */
const OF_DELETION = 'DeletedCustomer';
/** What signs in whoever has it. */
const WITHHELD = [
  'Account.access_token',
  'Account.refresh_token',
  'Account.id_token',
  'Session.sessionToken',
  'VerificationToken.token',
  'Invitation.token',
  'ApiKey.hash',
];

it('the download has everything that we hold of a person, and deletion removes it but for what is listed', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await syncCustomer(customer);
  const { id: userId, email } = user;
  const team = await db().team.create({ data: { name: 'Harbour', email: 'harbour@example.com' } });
  const { members } = await db().team.create({
    data: {
      name: 'Pier',
      email: 'pier@example.com',
      members: { create: { userId, role: 'admin' } },
    },
    include: { members: true },
  });
  const marks = new Map<string, string>();
  for (const table of tablesOfSchema()) {
    if (
      [...NOBODYS, OF_DELETION, 'User', 'BillingAccount', Prisma.ModelName.Team].includes(
        table.model,
      )
    )
      continue;
    const own = {
      userId,
      personId: userId,
      teamId: team.id,
      actingFor: members[0]?.id ?? '',
      memberId: members[0]?.id ?? '',
      email,
      customerId: customer,
      subscriptionId: subscription.id,
      identifier: email,
      key: `link-inbox:${email}`,
    };
    const made = await fillTable(table, own);
    for (const [column, mark] of made) marks.set(`${table.model}.${column}`, mark);
  }
  await db().user.update({ where: { id: userId }, data: { name: 'mark-User-name' } });
  marks.set('User.name', 'mark-User-name');

  const download = JSON.stringify(await ownData(userId));
  for (const [column, mark] of marks) {
    expect(download.includes(mark), column).toBe(!WITHHELD.includes(column));
  }
  expect(download).toContain(`link-inbox:${email}`);

  await deleteAccount(user);
  await expect.poll(() => db().mail.count({ where: { to: email } })).toBe(0);
  const stays = new Set<string>(outliving.map(({ table }) => table));
  for (const { model, name } of tablesOfSchema()) {
    const rows = await db().$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM "${name}" AS t`,
    );
    const text = rows.map(({ row }) => row).join('\n');
    const secrets = [userId, email, 'mark-User-name', marks.get('AuditEntry.details')];
    const ids = [customer, subscription.id];
    const others = [...marks].flatMap(([of, mark]) => (of.startsWith(`${model}.`) ? [mark] : []));
    for (const trace of [...secrets, ...(stays.has(model) ? [] : [...ids, ...others])]) {
      expect(trace !== undefined && text.includes(trace), `${trace} in ${model}`).toBe(false);
    }
  }
});
