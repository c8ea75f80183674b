import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startPostgres } from '../../dev/postgres/start-postgres';
import { LOCK_FILE, MIGRATIONS_FOLDER, NO_FILTERS, readMigrations } from '../../prisma/migrate';
import { withSchemaEngine } from '../../prisma/schema-engine';

const SCHEMA = path.join(MIGRATIONS_FOLDER, '../schema.prisma');
/** The engine's exit code when both sides of a diff are equal. */
const NO_DIFFERENCE = 0;

/**
 * Writes a new migration that takes the database from the existing migrations to schema.prisma.
 *
 * @returns the path of the SQL file, or null when there is nothing to change
 */
export async function createMigration(name: string): Promise<string | null> {
  const sql = await pendingSql();
  if (sql === null) return null;
  const file = path.join(MIGRATIONS_FOLDER, `${timestamp(new Date())}_${name}`, 'migration.sql');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, sql);
  await writeFile(path.join(MIGRATIONS_FOLDER, LOCK_FILE.path), LOCK_FILE.content);
  return file;
}

/**
 * The SQL for what is in schema.prisma but not yet in the migrations, found by applying the migrations
 * to an empty database.
 *
 * @returns null when there is no difference
 */
export async function pendingSql(): Promise<string | null> {
  const migrations = await readMigrations();
  const content = await readFile(SCHEMA, 'utf8');
  const shadow = await startPostgres({ dir: 'memory', port: 0 });
  try {
    const { exitCode, stdout } = await withSchemaEngine(shadow.url, (engine) =>
      engine.diff({
        from: { tag: 'migrations', ...migrations },
        to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content }] },
        script: true,
        exitCode: true,
        filters: NO_FILTERS,
      }),
    );
    return exitCode === NO_DIFFERENCE ? null : stdout;
  } finally {
    await shadow.close();
  }
}

/** 20261121013400, as in the folder names of `prisma migrate`, so that they sort by time. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14);
}
