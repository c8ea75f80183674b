import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import nextEnv from '@next/env';
import type {
  MigrationDirectory,
  MigrationList,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import { withSchemaEngine } from './schema-engine';

const ROOT = path.resolve(import.meta.dirname, '..');
const SCHEMA = path.join(ROOT, 'prisma/schema.prisma');
const MIGRATIONS = path.join(ROOT, 'prisma/migrations');
const LOCKFILE = 'migration_lock.toml';
const LOCKFILE_CONTENT = 'provider = "postgresql"\n';
/** The engine's exit code for two schemas that say the same. */
const NOTHING_TO_DO = 0;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations of prisma/migrations that the database at `url` does not have yet, with
 * Prisma's own engine: it keeps the same `_prisma_migrations` table as `prisma migrate deploy`.
 *
 * @returns the names of those just applied, in order
 */
export async function migrate(url: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  return withSchemaEngine(url, async (engine) => {
    const input = { migrationsList, filters: NO_FILTERS };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  });
}

/**
 * Writes a new migration: what takes the present migrations to schema.prisma.
 *
 * @returns the path of the SQL written, or null when there is nothing to change
 */
export async function createMigration(name: string): Promise<string | null> {
  const sql = await pendingSql();
  if (sql === null) return null;
  const file = path.join(MIGRATIONS, `${timestamp(new Date())}_${name}`, 'migration.sql');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, sql);
  await writeFile(path.join(MIGRATIONS, LOCKFILE), LOCKFILE_CONTENT);
  return file;
}

/**
 * What is in schema.prisma but not yet in the migrations, by playing them on an empty database.
 *
 * @returns SQL, or null when they say the same
 */
export async function pendingSql(): Promise<string | null> {
  const migrations = await readMigrations();
  const content = await readFile(SCHEMA, 'utf8');
  // Only here, as nothing else of it is needed where migrations are applied.
  const { startPostgres } = await import('../dev/postgres/start');
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
    return exitCode === NOTHING_TO_DO ? null : stdout;
  } finally {
    await shadow.close();
  }
}

/** 20261121013400, as `prisma migrate` names its folders, so that they sort in order of time. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14);
}

async function readMigrations(): Promise<MigrationList> {
  await mkdir(MIGRATIONS, { recursive: true });
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: LOCKFILE,
      content: await readFile(path.join(MIGRATIONS, LOCKFILE), 'utf8').catch(
        () => LOCKFILE_CONTENT,
      ),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.map(readMigration)),
  };
}

async function readMigration(name: string): Promise<MigrationDirectory> {
  const value = await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { create: { type: 'string' } } });
  if (values.create) {
    const file = await createMigration(values.create);
    console.log(
      file
        ? `Wrote ${path.relative(ROOT, file)}`
        : 'The migrations already say what schema.prisma says.',
    );
    return;
  }
  nextEnv.loadEnvConfig(ROOT, true, { info() {}, error: console.error });
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: say which database to migrate.');
  const applied = await migrate(url);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
