import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  MigrationDirectory,
  MigrationList,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import { withSchemaEngine } from './schema-engine';

export const MIGRATIONS_FOLDER = path.resolve(import.meta.dirname, '../prisma/migrations');
export const LOCK_FILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
/** The engine wants to be told that no table is somebody else's. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database at `url` does not have yet. Prisma's own engine does it and
 * keeps the same `_prisma_migrations` table as `prisma migrate deploy`.
 *
 * @returns the names of the migrations just applied, in order
 */
export async function migrate(url: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  return withSchemaEngine(url, async (engine) => {
    const input = { migrationsList, filters: NO_FILTERS };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  });
}

/** The migrations in prisma/migrations, oldest first, as the schema engine takes them. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: LOCK_FILE,
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.map(readMigration)),
  };
}

async function readMigration(name: string): Promise<MigrationDirectory> {
  const value = await readFile(path.join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}
