import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { type DriverAdapterError, isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { z } from 'zod';
import { isDirectConnection, saysPooler } from '@/lib/db';
import { type Finding, ok, problem, skipped } from '@/lib/finding';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Whether the database answers, and whether it has the migrations of prisma/migrations, neither more
 * nor fewer, each as it stands there.
 *
 * @param url DATABASE_URL
 * @param migrationsFolder where prisma/migrations is
 */
export async function examineDatabase(url: string, migrationsFolder: string): Promise<Finding[]> {
  const place = placeOf(url);
  const adapter = await new PrismaPg({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MILLISECONDS,
    query_timeout: TIMEOUT_MILLISECONDS,
    max: 1,
  }).connect();
  try {
    await adapter.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
    return [
      ok('database', `PostgreSQL answers at ${place}. ${await statementsOf(adapter, url)}`),
      await examineMigrations(adapter, migrationsFolder),
    ];
  } catch (error) {
    return [
      problem('database', ...explain(causeOf(error), place)),
      skipped('migrations', 'the database does not answer'),
    ];
  } finally {
    await adapter.dispose();
  }
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** Whether the app prepares its statements there, and why, in words. */
async function statementsOf(adapter: Adapter, url: string): Promise<string> {
  if (saysPooler(url)) {
    return 'Statements are not prepared, since DATABASE_URL says pgbouncer=true.';
  }
  const client = await adapter.underlyingDriver().connect();
  try {
    return (await isDirectConnection(client))
      ? 'Statements are prepared, since connections are direct.'
      : 'Statements are not prepared, since something shares connections in between. If that is a pooler, add pgbouncer=true to DATABASE_URL.';
  } finally {
    client.release();
  }
}

async function examineMigrations(adapter: Adapter, folder: string): Promise<Finding> {
  const check = 'migrations';
  const wanted = await readWanted(folder);
  const applied = await readApplied(adapter);
  if (!applied) {
    return problem(
      check,
      'The user of DATABASE_URL may not read the table of migrations.',
      'Use the user that owns the tables, or grant it: GRANT SELECT ON _prisma_migrations TO …',
    );
  }
  const failed = applied.filter(({ isFinished }) => !isFinished).map(({ name }) => name);
  if (failed.length > 0) {
    return problem(
      check,
      `${list(failed)} stopped half-way.`,
      `See what of it is in the database and undo that, run npx prisma migrate resolve --rolled-back ${failed[0]}, then npm run migrate`,
    );
  }
  const missing = wanted.filter(({ name }) => !applied.some((each) => each.name === name));
  if (missing.length > 0) {
    const names = list(missing.map(({ name }) => name));
    return problem(check, `The database does not have ${names} yet.`, 'npm run migrate');
  }
  const unknown = applied.filter(({ name }) => !wanted.some((each) => each.name === name));
  if (unknown.length > 0) {
    const names = list(unknown.map(({ name }) => name));
    return problem(
      check,
      `The database has ${names}, which this code does not know.`,
      'Deploy the code that the migration belongs to, or point DATABASE_URL at the right database.',
    );
  }
  const edited = applied.filter(
    ({ name, checksum }) => wanted.find((each) => each.name === name)?.checksum !== checksum,
  );
  if (edited.length > 0) {
    const names = list(edited.map(({ name }) => name));
    return problem(
      check,
      `${names} was edited after it was applied, so the database may not have what it says.`,
      'Restore the file as it was (git log names the commit), and write the change as a migration of its own: npm run migrate -- --create NAME',
    );
  }
  const { length } = wanted;
  return ok(
    check,
    `${length === 1 ? 'The one migration is' : `All ${length} migrations are`} applied.`,
  );
}

const row = z.tuple([z.string(), z.string(), z.boolean()]);

/** What Prisma's own table of migrations says, without what was rolled back; null: not to be read. */
async function readApplied(adapter: Adapter) {
  try {
    const { rows } = await adapter.queryRaw({
      sql: 'SELECT migration_name, checksum, finished_at IS NOT NULL FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name',
      args: [],
      argTypes: [],
    });
    return rows
      .map((each) => row.parse(each))
      .map(([name, checksum, isFinished]) => ({ name, checksum, isFinished }));
  } catch (error) {
    return causeOf(error)?.kind === 'TableDoesNotExist' ? [] : null;
  }
}

/** The migrations of the folder, with the checksums that Prisma gives them. */
async function readWanted(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(path.join(folder, name, 'migration.sql'));
      return { name, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

type Cause = DriverAdapterError['cause'];

function causeOf(error: unknown): Cause | undefined {
  return isDriverAdapterError(error) ? error.cause : undefined;
}

function explain(cause: Cause | undefined, place: string): [says: string, mend: string] {
  const asGiven =
    'Set DATABASE_URL as its host gives it: postgresql://USER:PASSWORD@HOST:PORT/DATABASE';
  switch (cause?.kind) {
    case 'DatabaseNotReachable':
      return [
        `Nothing answers at ${place}.`,
        `Start PostgreSQL there, or see that its firewall lets this machine in. ${asGiven}`,
      ];
    case 'AuthenticationFailed':
    case 'DatabaseAccessDenied':
      return [
        `PostgreSQL at ${place} refuses the user or the password.`,
        `${asGiven}; in the password write characters such as @ : / % percent-encoded (@ is %40).`,
      ];
    case 'DatabaseDoesNotExist':
      return [
        `PostgreSQL answers, but there is no database ${place}.`,
        'Make it (createdb NAME), or correct the name at the end of DATABASE_URL.',
      ];
    case 'TlsConnectionError':
      return [
        `No protected connection to ${place} could be made.`,
        'Add ?sslmode=verify-full to DATABASE_URL, or ?sslmode=disable where the server is on a network of your own and speaks no TLS.',
      ];
    case 'TooManyConnections':
      return [
        `PostgreSQL at ${place} has no connection to spare.`,
        'Raise its limit, or put a connection pooler before it and its address into DATABASE_URL.',
      ];
    default:
      return [`What answers at ${place} is not PostgreSQL, or it is too slow.`, asGiven];
  }
}

/** Where the database is, without the user and the password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

function list(names: string[]): string {
  return new Intl.ListFormat('en').format(names);
}
