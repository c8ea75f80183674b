import { PrismaPg } from '@prisma/adapter-pg';
import { env } from './env';
import { PrismaClient } from './generated/prisma/client';

/**
 * The one Prisma client of this process, made at its first use so that `next build` needs no
 * database. Kept on globalThis because the development server evaluates modules anew at each edit.
 */
export function db(): PrismaClient {
  held.prisma ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL }),
  });
  return held.prisma;
}

const held: typeof globalThis & { prisma?: PrismaClient } = globalThis;
