import { db } from '../db';

/** Something that a person, or a program with their key, did. */
export type Activity = {
  kind: 'created' | 'exported' | 'key_created' | 'key_used';
  /** Of the project or the key; of an export it says nothing. */
  name: string;
  at: Date;
};

/** What happened last, the latest first: in one statement, from what is stored anyway. */
export function recentActivity(userId: string, count = 5): Promise<Activity[]> {
  return db().$queryRaw<Activity[]>`
    SELECT 'created' AS kind, name, "createdAt" AS at FROM "Project" WHERE "userId" = ${userId}
    UNION ALL
    SELECT 'exported', name, "lastUsedAt" FROM "UsageCounter"
      WHERE "userId" = ${userId} AND name = 'exports' AND "lastUsedAt" IS NOT NULL
    UNION ALL
    SELECT 'key_created', name, "createdAt" FROM "ApiKey" WHERE "userId" = ${userId}
    UNION ALL
    SELECT 'key_used', name, "lastUsedAt" FROM "ApiKey"
      WHERE "userId" = ${userId} AND "lastUsedAt" IS NOT NULL
    ORDER BY at DESC LIMIT ${count}`;
}
