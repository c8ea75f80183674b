import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import type { Mirror } from './read';
import { type Part, parts } from './resources';
import type { CustomerColumns } from './rows';
import type { Stamp } from './sequence';

/**
 * Makes our database say what was read of a customer, and marks the events that asked for the read
 * as processed: in one statement, so that neither is ever there without the other. Of each part that
 * was read, nothing is written when a later-stamped read of it was written before.
 *
 * The statement sees the database as it was when it began, and may then wait for another writer of
 * the same customer. What that one inserted it would not see to delete. So it writes only if the
 * stamps are, under the row's lock, those that it saw; if not, it is sent again.
 *
 * @param stamp taken before the read began
 * @param events their ids
 */
export async function writeMirror(
  stamp: Stamp,
  mirror: Mirror,
  events: readonly string[] = [],
): Promise<void> {
  const read = parts.filter((part) => mirror[part] !== undefined);
  for (;;) {
    const [row] = await db().$queryRaw<{ isDone: boolean }[]>(
      statement(stamp, mirror, read, events),
    );
    if (row?.isDone) return;
  }
}

/** Locks are taken in one order everywhere (events by id, customer, its rows): none wait in a ring. */
function statement(
  stamp: Stamp,
  mirror: Mirror,
  read: readonly Part[],
  events: readonly string[],
): Prisma.Sql {
  const { customerId, number } = stamp;
  const stamps = Prisma.join(read.map((part) => column(`${part}Stamp`)));
  const isNewer = Prisma.join(
    read.map((part) => Prisma.sql`${column(`${part}Stamp`)} < ${number}`),
    ' OR ',
  );
  return Prisma.sql`
    WITH event AS MATERIALIZED (
      SELECT id FROM "StripeEvent" WHERE id = ANY(${[...events]}) ORDER BY id FOR UPDATE
    ), seen AS MATERIALIZED (
      SELECT * FROM "Customer" WHERE id = ${customerId} AND (${isNewer})
    ), written AS (
      UPDATE "Customer" SET ${Prisma.join(assignments(stamp, mirror, read))}
      WHERE id = ${customerId} AND (SELECT count(*) FROM event) >= 0
        AND (${stamps}) = (SELECT ${stamps} FROM seen)
      RETURNING id
    ), outcome AS (
      SELECT EXISTS (SELECT FROM written) OR NOT EXISTS (SELECT FROM seen) AS "isDone"
    )${rowsOf('Subscription', stamp, mirror.subscriptions)}${rowsOf('Invoice', stamp, mirror.invoices)}
    , processed AS (
      UPDATE "StripeEvent" SET status = 'processed', error = NULL, "processedAt" = CURRENT_TIMESTAMP
      WHERE id IN (SELECT id FROM event) AND (SELECT "isDone" FROM outcome)
    )
    SELECT "isDone" FROM outcome`;
}

/** What of the customer's own row changes: of each part that was read, if nothing later is there. */
function assignments(stamp: Stamp, mirror: Mirror, read: readonly Part[]): Prisma.Sql[] {
  const { number, takenAt } = stamp;
  return read.flatMap((part) => {
    const mark = column(`${part}Stamp`);
    const set = ([name, value]: [string, Prisma.Sql]) =>
      Prisma.sql`${column(name)} = CASE WHEN ${mark} < ${number} THEN ${value} ELSE ${column(name)} END`;
    return [
      Prisma.sql`${mark} = GREATEST(${mark}, ${number})`,
      set([`${part}SyncedAt`, Prisma.sql`${takenAt}::timestamptz`]),
      ...Object.entries(ownColumns(part, mirror)).map(set),
    ];
  });
}

function ownColumns(part: Part, mirror: Mirror): Record<string, Prisma.Sql> {
  if (part === 'entitlements') return { entitlements: Prisma.sql`${mirror.entitlements}::text[]` };
  if (part !== 'customer' || !mirror.customer) return {};
  const { deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear } = mirror.customer;
  return {
    deleted: Prisma.sql`${deleted}::boolean`,
    cardBrand: Prisma.sql`${cardBrand}::text`,
    cardLast4: Prisma.sql`${cardLast4}::text`,
    cardExpMonth: Prisma.sql`${cardExpMonth}::int`,
    cardExpYear: Prisma.sql`${cardExpYear}::int`,
  } satisfies Record<keyof CustomerColumns, Prisma.Sql>;
}

const tables = {
  Subscription: { part: 'subscriptions', columns: Prisma.SubscriptionScalarFieldEnum },
  Invoice: { part: 'invoices', columns: Prisma.InvoiceScalarFieldEnum },
} as const;

/** The rows of a table, replaced by those that were read. Unchanged ones are left untouched. */
function rowsOf(
  table: keyof typeof tables,
  { customerId, number }: Stamp,
  rows: readonly { id: string }[] | undefined,
): Prisma.Sql {
  if (!rows) return Prisma.empty;
  const { part, columns } = tables[table];
  const names = Object.keys(columns);
  const all = Prisma.join(names.map(column));
  const own = Prisma.join(names.map((name) => Prisma.sql`${column(table)}.${column(name)}`));
  const read = Prisma.join(names.map((name) => Prisma.sql`EXCLUDED.${column(name)}`));
  const isTurn = Prisma.sql`EXISTS (SELECT FROM written)
        AND (SELECT ${column(`${part}Stamp`)} FROM seen) < ${number}`;
  return Prisma.sql`, ${column(`upserted${table}`)} AS (
      INSERT INTO ${column(table)} (${all})
      SELECT ${all}
      FROM jsonb_populate_recordset(NULL::${column(table)}, ${JSON.stringify(rows)}::jsonb)
      WHERE ${isTurn}
      ON CONFLICT (id) DO UPDATE SET (${all}) = ROW(${read}) WHERE (${own}) IS DISTINCT FROM (${read})
    ), ${column(`deleted${table}`)} AS (
      DELETE FROM ${column(table)}
      WHERE "customerId" = ${customerId} AND id <> ALL(${rows.map(({ id }) => id)}) AND ${isTurn}
    )`;
}

/** A name of ours, never one from outside. */
function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}
