import nextEnv from '@next/env';
import { defineConfig } from 'prisma/config';

nextEnv.loadEnvConfig(process.cwd(), true, { info() {}, error: console.error });

/** For Prisma's own command line; the npm scripts do without (see prisma/migrate.ts). */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
