import type { Limit } from '../billing/plans';
import type { Prisma } from '../generated/prisma/client';

/** How many rows somebody has. */
export type Count = (database: Prisma.TransactionClient, userId: string) => Promise<number>;

/** What is limited by the number of rows that exist: how to count them. Everything else is consumed. */
export const countedRows = {
  projects: (database, userId) => database.project.count({ where: { userId } }),
} as const satisfies Partial<Record<Limit, Count>>;

/** A limit to `createWithin`. */
export type CountedLimit = keyof typeof countedRows;
/** A limit to `consume`. */
export type ConsumedLimit = Exclude<Limit, CountedLimit>;
