import type { TestProject } from 'vitest/node';
import { startOwnWorld } from './own-world';
import { startPgBouncer } from './pgbouncer';

declare module 'vitest' {
  interface ProvidedContext {
    /** The environment of the stand-ins of each worker. */
    worlds: Record<string, string>[];
  }
}

/**
 * Starts stand-ins for each of Vitest's workers: their tests run beside each other, and count requests.
 * With TEST_PGBOUNCER, the path of a PgBouncer, they reach the server at TEST_DATABASE_URL through it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { maxWorkers } = project.vitest.config;
  const worlds = await Promise.all(Array.from({ length: maxWorkers }, () => startOwnWorld()));
  const { TEST_PGBOUNCER, TEST_DATABASE_URL } = process.env;
  const pooler =
    TEST_PGBOUNCER && TEST_DATABASE_URL
      ? await startPgBouncer(TEST_PGBOUNCER, TEST_DATABASE_URL)
      : undefined;
  project.provide(
    'worlds',
    worlds.map(({ environment }) => {
      const { DATABASE_URL } = environment;
      return pooler && DATABASE_URL
        ? { ...environment, DATABASE_URL: pooler.through(DATABASE_URL) }
        : environment;
    }),
  );
  return async () => {
    await pooler?.stop();
    await Promise.all(worlds.map(({ stop }) => stop()));
  };
}
