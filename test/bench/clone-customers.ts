import { Client } from 'pg';
import type { Model } from './model';

/**
 * What tells a row from the one it is a copy of: these columns get the copy's number behind them, and so do
 * Stripe's ids wherever else they stand. A trigger adds each user's billing account.
 */
const OWN_COLUMNS = {
  User: ['id', 'email', 'stripeCustomerId'],
  Session: ['id', 'sessionToken', 'userId'],
  Customer: ['id', 'userId'],
  Subscription: ['id', 'itemId', 'customerId'],
  Invoice: ['id', 'subscriptionId', 'customerId'],
} as const;

/** How many events the event log holds for each customer, and over how many days: fewer than it keeps. */
const EVENTS = 5;
const EVENT_DAYS = 80;

/**
 * Copies the one subscriber that a database holds, with all that is theirs, until there are as many
 * customers as asked for beside them. The ids of the n-th copy end in `_n`.
 *
 * @param url of the database
 * @param model the subscriber: the n-th copy signs in with the same token and `_n` behind it
 * @param signal ends it at the next table
 */
export async function cloneCustomers(
  url: string,
  customers: number,
  { ids, cookie }: Model,
  signal: AbortSignal,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [table, columns] of Object.entries(OWN_COLUMNS)) {
      signal.throwIfAborted();
      const own = columns.map((name) => `'${name}', model."${name}" || '_' || n`);
      await clone(client, table, own, { ids, count: customers });
    }
    await client.query(
      `UPDATE "Session" SET "sessionToken" =
         encode(sha256(convert_to($1 || substring("sessionToken" from '_\\d+$'), 'UTF8')), 'hex')
       WHERE "sessionToken" ~ '_\\d+$'`,
      [cookie.value],
    );
    signal.throwIfAborted();
    const time = `CURRENT_TIMESTAMP - interval '${EVENT_DAYS} days' * n / ${customers * EVENTS}`;
    const event = [
      ...['createdAt', 'receivedAt', 'processedAt'].map((name) => `'${name}', ${time}`),
      `'id', 'evt_' || md5(n::text)`,
      `'customerId', model."customerId" || '_' || (n % ${customers} + 1)`,
    ];
    await clone(client, 'StripeEvent', event, { ids, count: customers * EVENTS });
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

async function clone(
  client: Client,
  table: string,
  own: string[],
  { ids, count }: { ids: readonly string[]; count: number },
): Promise<void> {
  await client.query(
    `INSERT INTO "${table}" SELECT copy.*
     FROM "${table}" model, generate_series(1, $1::int) n,
       LATERAL (SELECT regexp_replace(to_jsonb(model)::text, $2, '\\1_' || n, 'g')::jsonb AS renamed) r,
       LATERAL jsonb_populate_record(model, renamed || jsonb_build_object(${own.join(', ')})) copy`,
    [count, `(${ids.join('|')})`],
  );
}
