import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadCommandEnvironment } from '../dev/shared-environment';
import { migrate } from '../prisma/migrate';

/** `npm run migrate`: applies the migrations to DATABASE_URL; `-- --create NAME` writes a new one. */
async function main(): Promise<string> {
  const { values } = parseArgs({ options: { create: { type: 'string' } } });
  if (values.create) {
    // Imported only here: it needs the embedded PostgreSQL, which a production image does not have.
    const { createMigration } = await import('./migrate/create-migration');
    const file = await createMigration(values.create);
    return file
      ? `Wrote ${path.relative(process.cwd(), file)}`
      : 'Nothing to migrate: schema.prisma and the migrations agree.';
  }
  await loadCommandEnvironment(process.cwd());
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) {
    throw new Error(
      'DATABASE_URL is not set. Set it to the database to migrate, or start npm run dev in this folder.',
    );
  }
  const applied = await migrate(DATABASE_URL);
  return applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date.';
}

try {
  console.log(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
