import { type StandIns, startStandIns } from '../../dev/stand-ins';
import { migrate } from '../../prisma/migrate';
import { createTestDatabase } from './test-database';

/**
 * Starts stand-ins in memory on free ports and lays the database and the plans into them. Sets
 * process.env: what imports lib afterwards uses them. With TEST_DATABASE_URL set, the database is
 * one of its own on that PostgreSQL server instead.
 *
 * @param appUrl the origin of the app that webhooks are delivered to
 * @returns with everything in `env` that such an app needs
 */
export async function startTestStandIns(appUrl: string): Promise<StandIns> {
  const { TEST_DATABASE_URL } = process.env;
  const database = TEST_DATABASE_URL ? await createTestDatabase(TEST_DATABASE_URL) : undefined;
  const standIns = await startStandIns({
    dir: 'memory',
    ports: { http: 0, smtp: 0, postgres: 0 },
    services: { postgres: !database, smtp: true, stripe: true },
    appUrl,
    guide: true,
  });
  const close = async () => {
    await standIns.close();
    await database?.drop();
  };
  const env = {
    ...(database && { DATABASE_URL: database.url }),
    ...standIns.env,
    NEXTAUTH_URL: appUrl,
    NEXTAUTH_SECRET: 'a secret that only the tests know',
    CRON_SECRET: 'a-secret-that-only-the-tests-know',
  };
  Object.assign(process.env, env);
  try {
    await migrate(process.env.DATABASE_URL ?? '');
    const { pushCatalogue } = await import('../../lib/billing/setup/push');
    const { db } = await import('../../lib/db');
    await pushCatalogue();
    await db().$disconnect();
  } catch (error) {
    await close();
    throw error;
  }
  return { ...standIns, env, close };
}
