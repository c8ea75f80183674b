import { db } from '../../db';
import { isLivemode } from '../stripe';

/** The next customers of ours after an id, ordered by id. */
export async function customersAfter(id: string, limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Customer" WHERE livemode = ${isLivemode()} AND id > ${id}
    UNION
    SELECT "stripeCustomerId" FROM "User" WHERE "stripeCustomerId" > ${id}
      AND NOT EXISTS (SELECT FROM "Customer" WHERE "Customer".id = "stripeCustomerId")
    ORDER BY id LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** How many customers of ours there are after an id. */
export async function countCustomers(after: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT (
      (SELECT count(*) FROM "Customer" WHERE livemode = ${isLivemode()} AND id > ${after})
      + (SELECT count(*) FROM "User" WHERE "stripeCustomerId" > ${after}
        AND NOT EXISTS (SELECT FROM "Customer" WHERE "Customer".id = "stripeCustomerId"))
    )::int AS count`;
  return row?.count ?? 0;
}

/** Which of these are customers of ours. */
export async function ourCustomers(ids: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(ids)];
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Customer" WHERE livemode = ${isLivemode()} AND id = ANY(${wanted})
    UNION
    SELECT "stripeCustomerId" FROM "User" WHERE "stripeCustomerId" = ANY(${wanted})
      AND NOT EXISTS (SELECT FROM "Customer" WHERE "Customer".id = "stripeCustomerId")`;
  return new Set(rows.map((row) => row.id));
}
