import { PrismaPg } from '@prisma/adapter-pg';
import { expect, it } from 'vitest';
import { PrismaClient } from '@/lib/generated/prisma/client';
import { startPostgres } from '../dev/postgres/start-postgres';
import { migrate } from './migrate';

it('migrates an empty database, and does nothing the second time', async () => {
  const postgres = await startPostgres({ dir: 'memory', port: 0 });
  const applied = await migrate(postgres.url);
  expect(applied).not.toEqual([]);
  expect(await migrate(postgres.url)).toEqual([]);

  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: postgres.url }) });
  expect(await prisma.user.count()).toBe(0);
  const recorded = await prisma.$queryRaw`
    SELECT migration_name FROM _prisma_migrations ORDER BY migration_name`;
  expect(recorded).toEqual(applied.map((migration_name) => ({ migration_name })));
  await prisma.$disconnect();
  await postgres.close();
});
