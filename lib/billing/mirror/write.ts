import { query } from '../../db';
import { Prisma } from '../../generated/prisma/client';
import { meaningfulEvents, type Resource, resources } from './resources';
import type { CustomerColumns, Mirror } from './rows';
import type { SequenceNumber } from './sequence';

/** What {@link writeMirror} is asked to do besides writing. */
export type WriteOptions = {
  /** Ids of recorded events that asked for the read. */
  events?: readonly string[];
  /** Records no changes: what is read happened before this installation knew the customer. */
  asHistory?: boolean;
};

/**
 * Makes our database say what was read of a customer, marks the events that asked for the read as
 * processed, and records what changed, in one statement: none is ever there without the others. A
 * resource is left alone when a later read of it has already been written.
 *
 * The statement sees the database as it was when the statement began, and may then wait for another
 * writer of the same customer. It would not see, and so not delete, the rows which that writer
 * inserted. Therefore it writes only if the sequence numbers under the row's lock are still those that
 * it saw; otherwise it is sent again.
 *
 * @param sequence taken before the read began
 * @returns how many changes were recorded
 */
export async function writeMirror(
  sequence: SequenceNumber,
  mirror: Mirror,
  options: WriteOptions = {},
): Promise<number> {
  const read = resources.filter((resource) => mirror[resource] !== undefined);
  for (;;) {
    const [row] = await query<{ isDone: boolean; changes: bigint }>(
      statement(sequence, mirror, read, options),
    );
    if (row?.isDone) return Number(row.changes);
  }
}

/** Locks are always taken in the same order (events by id, customer, its rows) to avoid deadlocks. */
function statement(
  sequence: SequenceNumber,
  mirror: Mirror,
  read: readonly Resource[],
  { events = [], asHistory = false }: WriteOptions,
): Prisma.Sql {
  const { customerId, userId, number } = sequence;
  const sequences = Prisma.join(read.map((resource) => column(`${resource}Sequence`)));
  const isNewer = Prisma.join(
    read.map((resource) => Prisma.sql`${column(`${resource}Sequence`)} < ${number}`),
    ' OR ',
  );
  return Prisma.sql`
    WITH event AS MATERIALIZED (
      SELECT id, type, status, "createdAt" FROM "StripeEvent" WHERE ${isOneOf(events)}
      ORDER BY id FOR UPDATE
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
    , change AS (
      INSERT INTO "MirrorChange" ("customerId", "userId", object, "objectId", before, after)
      SELECT ${customerId}, ${userId}, object, id, before, after
      FROM (${Prisma.join(changes(sequence, mirror), ' UNION ALL ')}) AS changed
      WHERE NOT ${asHistory}::boolean
      RETURNING id
    ), processed AS (
      UPDATE "StripeEvent" SET status = 'processed', error = NULL, "processedAt" = CURRENT_TIMESTAMP
      WHERE id IN (SELECT id FROM event) AND (SELECT "isDone" FROM outcome)
    )
    SELECT "isDone", (SELECT count(*) FROM change) AS changes FROM outcome`;
}

/**
 * What this write changes, as `object`, `id`, `before` and `after`. The rows that the statement saw are
 * those that it replaces: that is what the sequence numbers under the lock are compared for.
 */
function changes(sequence: SequenceNumber, mirror: Mirror): Prisma.Sql[] {
  return [
    Prisma.sql`SELECT 'event' AS object, id, NULL::jsonb AS before,
        jsonb_build_object('type', type, 'createdAt', "createdAt") AS after
      FROM event WHERE status <> 'processed' AND type = ANY(${[...meaningfulEvents]})
        AND (SELECT "isDone" FROM outcome)`,
    ...(['Subscription', 'Invoice'] as const).flatMap((table) => {
      const { resource } = tables[table];
      const rows = mirror[resource];
      if (!rows) return [];
      const all = columnsOf(table);
      return Prisma.sql`SELECT ${table.toLowerCase()}, COALESCE(read.id, stored.id),
          to_jsonb(stored), to_jsonb(read)
        FROM (
          SELECT ${all} FROM ${column(table)} WHERE "customerId" = ${sequence.customerId}
        ) AS stored FULL JOIN (SELECT ${all} FROM ${recordset(table, rows)}) AS read USING (id)
        WHERE stored IS DISTINCT FROM read AND ${isTurn(resource, sequence)}`;
    }),
  ];
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
  sequence: SequenceNumber,
  rows: readonly { id: string }[] | undefined,
): Prisma.Sql {
  if (!rows) return Prisma.empty;
  const { resource, columns } = tables[table];
  const names = Object.keys(columns);
  const all = columnsOf(table);
  const own = Prisma.join(names.map((name) => Prisma.sql`${column(table)}.${column(name)}`));
  const read = Prisma.join(names.map((name) => Prisma.sql`EXCLUDED.${column(name)}`));
  const turn = isTurn(resource, sequence);
  return Prisma.sql`, ${column(`upserted${table}`)} AS (
      INSERT INTO ${column(table)} (${all})
      SELECT ${all} FROM ${recordset(table, rows)} WHERE ${turn}
      ON CONFLICT (id) DO UPDATE SET (${all}) = ROW(${read}) WHERE (${own}) IS DISTINCT FROM (${read})
    ), ${column(`deleted${table}`)} AS (
      DELETE FROM ${column(table)}
      WHERE "customerId" = ${sequence.customerId} AND id <> ALL(${rows.map(({ id }) => id)}) AND ${turn}
    )`;
}

function columnsOf(table: keyof typeof tables): Prisma.Sql {
  return Prisma.join(Object.keys(tables[table].columns).map(column));
}

/** SQL: the rows that were read, as rows of their table. */
function recordset(table: keyof typeof tables, rows: readonly { id: string }[]): Prisma.Sql {
  return Prisma.sql`jsonb_populate_recordset(NULL::${column(table)}, ${JSON.stringify(rows)}::jsonb)`;
}

/** SQL: whether this statement writes the resource: its numbers still hold, and no later read is there. */
function isTurn(resource: Resource, { number }: SequenceNumber): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM written)
        AND (SELECT ${column(`${resource}Sequence`)} FROM seen) < ${number}`;
}

/** SQL: whether `id` is one of these. For one alone, PostgreSQL knows how many rows it will find, and keeps its plan. */
function isOneOf(ids: readonly string[]): Prisma.Sql {
  return ids.length === 1 ? Prisma.sql`id = ${ids[0]}` : Prisma.sql`id = ANY(${[...ids]})`;
}

/** Only for names in our own code, never for input. */
function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}
