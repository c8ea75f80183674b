import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { fillTable, tablesOfSchema } from '@/test/support/fill-table';
import { createUser } from '@/test/support/integration';
import { db } from './db';
import { removeExpired, retention } from './retention';

it('says of every table of the schema how long its rows are kept, and of no other', () => {
  const models = tablesOfSchema().map(({ model }) => model);
  expect(Object.keys(retention).toSorted()).toEqual(models.toSorted());
});

const byAge = tablesOfSchema().flatMap((table) => {
  const [, rule] = Object.entries(retention).find(([model]) => model === table.model) ?? [];
  return typeof rule === 'object' ? [{ ...table, ...rule }] : [];
});

it.each(byAge)('removes rows of $model after their time, and none before', async (table) => {
  const { id: userId } = await createUser();
  const { id: teamId, members } = await db().team.create({
    data: {
      name: 'Harbour',
      email: 'harbour@example.com',
      members: { create: { userId, role: 'owner' } },
    },
    include: { members: true },
  });
  const count = async () => {
    const [row] = await db().$queryRawUnsafe<{ rows: bigint }[]>(
      `SELECT count(*) AS rows FROM "${table.name}" t WHERE to_jsonb(t)::text LIKE '%mark-${table.model}-%'
        OR to_jsonb(t)::text LIKE '%${userId}%'`,
    );
    return Number(row?.rows);
  };
  const before = await count();
  const row = { userId, teamId, actingFor: members[0]?.id ?? '', status: 'processed' };
  await fillTable(
    table,
    row,
    `CURRENT_TIMESTAMP - make_interval(days => ${table.days}, hours => 1)`,
  );
  const late = table.model === 'UsageCounter' ? { ...row, name: 'of now' } : row;
  await fillTable(
    table,
    late,
    `CURRENT_TIMESTAMP - make_interval(days => ${table.days}) + interval '1 hour'`,
  );
  expect(await count()).toBe(before + 2);
  await removeExpired();
  expect(await count()).toBe(before + 1);
});

it.each(byAge)('finds rows of $model that are old enough by an index', async ({ name, since }) => {
  const [found] = await db().$queryRawUnsafe<{ indexes: bigint }[]>(
    `SELECT count(*) AS indexes FROM pg_index JOIN pg_attribute
       ON attrelid = indrelid AND attnum = indkey[0]
     WHERE indrelid = '"${name}"'::regclass AND attname = '${since.replaceAll('"', '')}'`,
  );
  expect(Number(found?.indexes)).toBeGreaterThan(0);
});

it('keeps an event that was not processed, and a change that was not delivered', async () => {
  const { id: userId } = await createUser();
  const createdAt = new Date('2020-01-01');
  const id = `evt_${randomUUID()}`;
  await db().stripeEvent.create({
    data: { id, type: 'any', status: 'failed', livemode: false, createdAt },
  });
  const change = { customerId: 'cus_any', userId, object: 'event', objectId: 'any', createdAt };
  await db().mirrorChange.create({ data: change });
  await removeExpired();
  expect(await db().stripeEvent.count({ where: { id } })).toBe(1);
  expect(await db().mirrorChange.count({ where: { userId } })).toBe(1);
  await db().stripeEvent.delete({ where: { id } });
  await db().mirrorChange.deleteMany({ where: { userId } });
});

it('removes more than one batch in one run, and nothing once it is told to stop', async () => {
  const { id: userId } = await createUser();
  const expired = () => db().session.count({ where: { userId } });
  await db().$executeRaw`
    INSERT INTO "Session" (id, "sessionToken", "userId", expires)
    SELECT ${userId} || n, ${userId} || n, ${userId}, '2020-01-01' FROM generate_series(1, 2500) AS n`;
  await removeExpired(AbortSignal.abort());
  expect(await expired()).toBe(2_500);
  expect(await removeExpired()).toBeGreaterThanOrEqual(2_500);
  expect(await expired()).toBe(0);
});
