import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/generated/prisma/client';

/** An empty database of its own for one run, on a PostgreSQL server that is there anyway. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * Makes one, and drops those of runs that were killed before they could. Whose run is alive is told by
 * a connection that is named after its database, and that ends with the run however it ends.
 *
 * @param server the address of any database of the server, of a user who may create others
 * @param template the address of one to copy, which nobody is connected to; empty without
 */
export async function createTestDatabase(server: string, template?: string): Promise<TestDatabase> {
  const name = `test_run_${randomUUID().replaceAll('-', '')}`;
  const owner = connect(server, name);
  try {
    await dropAbandoned(owner);
    const origin = template ? new URL(template).pathname.slice(1) : 'template1';
    await owner.$executeRawUnsafe(`CREATE DATABASE "${name}" TEMPLATE "${origin}"`);
  } catch (error) {
    await owner.$disconnect();
    throw error;
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await owner.$executeRawUnsafe(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await owner.$disconnect();
    },
  };
}

function connect(server: string, name: string): PrismaClient {
  const forever = 0;
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: server,
      application_name: name,
      max: 1,
      idleTimeoutMillis: forever,
    }),
  });
}

async function dropAbandoned(owner: PrismaClient): Promise<void> {
  const abandoned = await owner.$queryRaw<{ datname: string }[]>`
    SELECT datname FROM pg_database
    WHERE starts_with(datname, 'test_run_')
      AND datname NOT IN (SELECT application_name FROM pg_stat_activity)`;
  for (const { datname } of abandoned) {
    // Another run may be dropping it, too.
    await owner.$executeRawUnsafe(`DROP DATABASE IF EXISTS "${datname}"`).catch(() => {});
  }
}
