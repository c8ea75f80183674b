import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '@/lib/generated/prisma/client';
import { type Postgres, startPostgres } from '../dev/postgres/start';
import { migrate, pendingSql } from './migrate';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ dir: 'memory', port: 0 });
});

afterAll(() => postgres.close());

it('has a migration for everything that schema.prisma says', async () => {
  expect(await pendingSql()).toBeNull();
});

it('migrates an empty database, and the second time changes nothing', async () => {
  const applied = await migrate(postgres.url);
  expect(applied).not.toEqual([]);
  expect(await migrate(postgres.url)).toEqual([]);

  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: postgres.url }) });
  expect(await prisma.user.count()).toBe(0);
  const recorded = await prisma.$queryRaw`SELECT migration_name FROM _prisma_migrations`;
  expect(recorded).toEqual(applied.map((migration_name) => ({ migration_name })));
  await prisma.$disconnect();
});
