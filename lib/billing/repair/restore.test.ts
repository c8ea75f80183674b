import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { migrate } from '@/prisma/migrate';

/** A real server, where there is one: the embedded database has no dumps to practise with. */
const server = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const name = `restored_${randomUUID().replaceAll('-', '')}`;
const dump = path.join(tmpdir(), name);
const isReal = await administer('SELECT 1').then(
  () => hasTools(),
  () => false,
);

afterAll(async () => {
  rmSync(dump, { force: true });
  if (isReal) await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  vi.unstubAllEnvs();
});

// What docs/operations.md says to do. Dumps, drops, restores and reads all of Stripe again.
it.skipIf(!isReal)(
  'a lost database is right again after its backup, reconcile and adopt',
  async () => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    await administer(`CREATE DATABASE "${name}"`);
    await migrate(url.href);
    const { lib, people } = await libWith(url.href);
    await lib.pushCatalogue();

    const early = await people.createSubscriber();
    await lib.syncCustomer(early.customer);
    await lib.reconcile({ fix: true, rate: 1_000 });
    execFileSync('pg_dump', ['--format=custom', `--file=${dump}`, url.href]);

    // What the backup does not have: somebody cancels, and somebody else signs up and pays.
    await lib.stripe().subscriptions.cancel(early.subscription.id);
    await lib.syncCustomer(early.customer);
    const late = await people.createSubscriber();
    await lib.syncCustomer(late.customer);

    await lib.db().$disconnect();
    await administer(`DROP DATABASE "${name}" WITH (FORCE)`);
    await administer(`CREATE DATABASE "${name}"`);
    execFileSync('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${url.href}`, dump]);

    const { lib: restored } = await libWith(url.href);
    const { subscription } = restored.db();
    expect(await subscription.findMany()).toMatchObject([{ status: 'active' }]);
    const report = await restored.reconcile({ fix: true, rate: 1_000 });
    expect(report).toMatchObject({ complete: true, failed: [] });
    expect(report.strangers).toBeGreaterThan(0);
    expect(await subscription.findMany()).toMatchObject([{ status: 'canceled' }]);

    // Whoever signed up meanwhile signs up again, and has what they pay for.
    const { email } = late.user;
    const { id } = await restored.db().user.create({ data: { email, emailVerified: new Date() } });
    const [match] = await restored.findAdoptable();
    expect(match).toMatchObject({
      user: { id },
      customers: [{ id: late.customer }],
      unclear: null,
    });
    if (match) await restored.adopt(match);
    expect(await subscription.findFirst({ where: { customer: { userId: id } } })).toMatchObject({
      id: late.subscription.id,
      status: 'active',
    });
    expect(await restored.reconcile({ scope: 'all' })).toMatchObject({
      found: [],
      failed: [],
      complete: true,
    });
    await restored.db().$disconnect();
  },
  // Two migrated databases and all of Stripe: half a minute on a busy machine.
  120_000,
);

/** The app's code as a new process with this database has it. */
async function libWith(url: string) {
  vi.stubEnv('DATABASE_URL', url);
  vi.resetModules();
  Object.assign(globalThis, { prisma: undefined, pool: undefined });
  const [{ db }, { stripe }, { syncCustomer }, { reconcile }, { pushCatalogue }, adoption, people] =
    await Promise.all([
      import('../../db'),
      import('../stripe'),
      import('../mirror/sync'),
      import('./reconcile'),
      import('../setup/push'),
      import('../adopt'),
      import('@/test/support/integration'),
    ]);
  return { lib: { db, stripe, syncCustomer, reconcile, pushCatalogue, ...adoption }, people };
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function hasTools(): boolean {
  try {
    for (const tool of ['pg_dump', 'pg_restore']) execFileSync(tool, ['--version']);
    return true;
  } catch {
    return false;
  }
}
