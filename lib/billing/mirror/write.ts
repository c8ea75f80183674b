import { db } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { type Resource, resources } from './resources';
import type { CustomerColumns, Mirror } from './rows';
import type { SequenceNumber } from './sequence';

/**
 * Makes our database say what was read of a customer, and marks the events that asked for the read
 * as processed, in one statement: neither is ever there without the other. A resource is left alone
 * when a later read of it has already been written.
 *
 * The statement sees the database as it was when the statement began, and may then wait for another
 * writer of the same customer. It would not see, and so not delete, the rows which that writer
 * inserted. Therefore it writes only if the sequence numbers under the row's lock are still those that
 * it saw; otherwise it is sent again.
 *
 * @param sequence taken before the read began
 * @param events their ids
 */
export async function writeMirror(
  sequence: SequenceNumber,
  mirror: Mirror,
  events: readonly string[] = [],
): Promise<void> {
  const read = resources.filter((resource) => mirror[resource] !== undefined);
  for (;;) {
    const [row] = await db().$queryRaw<{ isDone: boolean }[]>(
      statement(sequence, mirror, read, events),
    );
    if (row?.isDone) return;
  }
}

/** Locks are always taken in the same order (events by id, customer, its rows) to avoid deadlocks. */
function statement(
  sequence: SequenceNumber,
  mirror: Mirror,
  read: readonly Resource[],
  events: readonly string[],
): Prisma.Sql {
  const { customerId, number } = sequence;
  const sequences = Prisma.join(read.map((resource) => column(`${resource}Sequence`)));
  const isNewer = Prisma.join(
    read.map((resource) => Prisma.sql`${column(`${resource}Sequence`)} < ${number}`),
    ' OR ',
  );
  return Prisma.sql`
    WITH event AS MATERIALIZED (
      SELECT id FROM "StripeEvent" WHERE id = ANY(${[...events]}) ORDER BY id FOR UPDATE
    ), seen AS MATERIALIZED (
      SELECT * FROM "Customer" WHERE id = ${customerId} AND (${isNewer})
    ), written AS (
      UPDATE "Customer" SET ${Prisma.join(assignments(sequence, mirror, read))}
      WHERE id = ${customerId} AND (SELECT count(*) FROM event) >= 0
        AND (${sequences}) = (SELECT ${sequences} FROM seen)
      RETURNING id
    ), outcome AS (
      SELECT EXISTS (SELECT FROM written) OR NOT EXISTS (SELECT FROM seen) AS "isDone"
    )${rowsOf('Subscription', sequence, mirror.subscriptions)}${rowsOf('Invoice', sequence, mirror.invoices)}
    , processed AS (
      UPDATE "StripeEvent" SET status = 'processed', error = NULL, "processedAt" = CURRENT_TIMESTAMP
      WHERE id IN (SELECT id FROM event) AND (SELECT "isDone" FROM outcome)
    )
    SELECT "isDone" FROM outcome`;
}

/** Sets the customer's own columns of each resource, unless a later read of it is there. */
function assignments(
  sequence: SequenceNumber,
  mirror: Mirror,
  read: readonly Resource[],
): Prisma.Sql[] {
  const { number, takenAt } = sequence;
  return read.flatMap((resource) => {
    const written = column(`${resource}Sequence`);
    const set = ([name, value]: [string, Prisma.Sql]) =>
      Prisma.sql`${column(name)} = CASE WHEN ${written} < ${number} THEN ${value} ELSE ${column(name)} END`;
    return [
      Prisma.sql`${written} = GREATEST(${written}, ${number})`,
      set([`${resource}SyncedAt`, Prisma.sql`${takenAt}::timestamptz`]),
      ...Object.entries(ownColumns(resource, mirror)).map(set),
    ];
  });
}

function ownColumns(resource: Resource, mirror: Mirror): Record<string, Prisma.Sql> {
  if (resource !== 'customer' || !mirror.customer) return {};
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
  Subscription: { resource: 'subscriptions', columns: Prisma.SubscriptionScalarFieldEnum },
  Invoice: { resource: 'invoices', columns: Prisma.InvoiceScalarFieldEnum },
} as const;

/** Replaces the customer's rows of a table by those that were read. Unchanged rows are not touched. */
function rowsOf(
  table: keyof typeof tables,
  { customerId, number }: SequenceNumber,
  rows: readonly { id: string }[] | undefined,
): Prisma.Sql {
  if (!rows) return Prisma.empty;
  const { resource, columns } = tables[table];
  const names = Object.keys(columns);
  const all = Prisma.join(names.map(column));
  const own = Prisma.join(names.map((name) => Prisma.sql`${column(table)}.${column(name)}`));
  const read = Prisma.join(names.map((name) => Prisma.sql`EXCLUDED.${column(name)}`));
  const isTurn = Prisma.sql`EXISTS (SELECT FROM written)
        AND (SELECT ${column(`${resource}Sequence`)} FROM seen) < ${number}`;
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

/** Only for names in our own code, never for input. */
function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}
