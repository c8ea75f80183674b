import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { isLivemode } from '../stripe';

/** The next customers of ours after an id, ordered by id. */
export async function customersAfter(id: string, limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM ${ours()} WHERE id > ${id} ORDER BY id LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** How many customers of ours there are after an id. */
export async function countCustomers(after: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${ours()} WHERE id > ${after}`;
  return row?.count ?? 0;
}

/** Which of these are customers of ours. */
export async function ourCustomers(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM ${ours()} WHERE id = ANY(${[...new Set(ids)]})`;
  return new Set(rows.map((row) => row.id));
}

/** SQL: every customer of ours in the configured mode, also those of which no row was written yet. */
function ours(): Prisma.Sql {
  const named = (table: 'User' | 'Team') => Prisma.sql`
    SELECT "stripeCustomerId" FROM ${Prisma.raw(`"${table}"`)}
      WHERE NOT EXISTS (SELECT FROM "Customer" WHERE "Customer".id = "stripeCustomerId")`;
  return Prisma.sql`(
    SELECT id FROM "Customer" WHERE livemode = ${isLivemode()}
    UNION ALL ${named('User')} UNION ALL ${named('Team')}
  ) AS ours`;
}
