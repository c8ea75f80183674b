import { type Sandbox, startSandbox } from '../sandbox/start';
import { migrate } from './migrate';

/**
 * Starts stand-ins in memory on free ports and lays the database and the plans into them. Sets
 * process.env: what imports lib afterwards uses them.
 *
 * @param appUrl the origin of the app that webhooks are delivered to
 */
export async function startTestStandIns(appUrl: string): Promise<Sandbox> {
  const sandbox = await startSandbox({
    dir: 'memory',
    ports: { http: 0, smtp: 0, postgres: 0 },
    parts: { postgres: true, smtp: true, stripe: true },
    appUrl,
  });
  Object.assign(process.env, sandbox.env, {
    NEXTAUTH_URL: appUrl,
    NEXTAUTH_SECRET: 'a secret that only the tests know',
  });
  await migrate(process.env.DATABASE_URL ?? '');
  const { pushCatalogue } = await import('../lib/billing/push');
  const { db } = await import('../lib/db');
  await pushCatalogue();
  await db().$disconnect();
  return sandbox;
}

/** Vitest's hook around the integration tests. No app answers: they call what it would call. */
export default async function setup(): Promise<() => Promise<void>> {
  const sandbox = await startTestStandIns('http://localhost:9');
  return sandbox.close;
}
