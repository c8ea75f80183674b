import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/generated/prisma/client';

/** An empty database of its own for one run, on a PostgreSQL server that is there anyway. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** @param server the address of any database of the server, of a user who may create others */
export async function createTestDatabase(server: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: server, max: 1 }) });
  try {
    await client.$executeRawUnsafe(statement);
  } finally {
    await client.$disconnect();
  }
}
