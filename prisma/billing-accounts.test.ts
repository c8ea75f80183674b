import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from '../dev/postgres/start-postgres';
import { MIGRATIONS_FOLDER } from './migrate';

it('gives everybody who is there a billing account, while the version before goes on writing', async () => {
  const postgres = await startPostgres({ dir: 'memory', port: 0 });
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const folders = (await readdir(MIGRATIONS_FOLDER)).filter((name) => /^\d/.test(name)).toSorted();
  const last = folders.findIndex((name) => name.endsWith('_teams'));
  const apply = async (names: string[]) => {
    for (const name of names) {
      await client.query(
        await readFile(path.join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8'),
      );
    }
  };
  await apply(folders.slice(0, last));
  await client.query(subscriber('before'));
  await apply(folders.slice(last, last + 1));
  // What the version before writes, and what this one does, which no longer names the user there.
  await client.query(subscriber('after'));
  await client.query(withoutUser(subscriber('new')));

  const { rows } = await client.query(`
    SELECT a.id, i."userId" FROM "BillingAccount" a JOIN "Customer" c ON c."userId" = a.id
    JOIN "Invoice" i ON i."customerId" = c.id ORDER BY a.id`);
  expect(rows).toEqual(['after', 'before', 'new'].map((id) => ({ id, userId: id })));

  // The columns go once that version is gone; what the one after it writes fits before and afterwards.
  await apply(folders.slice(last + 1));
  await client.query(withoutUser(subscriber('last')));
  const kept = await client.query(`
    SELECT a.id FROM "BillingAccount" a JOIN "Customer" c ON c."userId" = a.id
    JOIN "Invoice" i ON i."customerId" = c.id ORDER BY a.id`);
  expect(kept.rows).toEqual(['after', 'before', 'last', 'new'].map((id) => ({ id })));

  await client.query(`DELETE FROM "User"`);
  for (const table of ['BillingAccount', 'Customer', 'Invoice']) {
    expect((await client.query(`SELECT FROM "${table}"`)).rowCount, table).toBe(0);
  }
  await client.end();
  await postgres.close();
});

/** SQL: somebody with a customer and an invoice. */
function subscriber(id: string): string {
  return `
    INSERT INTO "User" (id, email, "updatedAt") VALUES ('${id}', '${id}@example.com', now());
    INSERT INTO "Customer" (id, "userId", livemode) VALUES ('cus_${id}', '${id}', false);
    INSERT INTO "Invoice" (id, "customerId", "userId", status, currency, total, "amountPaid", "amountDue", "createdAt")
      VALUES ('in_${id}', 'cus_${id}', '${id}', 'paid', 'usd', 0, 0, 0, now());`;
}

/** The same, as written by versions whose invoices do not name the user. */
function withoutUser(sql: string): string {
  return sql
    .replace('"customerId", "userId", status', '"customerId", status')
    .replace(/'\w+', 'paid'/, `'paid'`);
}
