import { accessOf } from '../access';
import { limitNames } from '../billing/plan-with';
import type { Limit } from '../billing/plans';
import { db } from '../db';
import { type Count, countedRows } from './counted-rows';
import { usageWindow } from './usage-window';

/** How much of a limit somebody uses. */
export type Usage = {
  limit: Limit;
  used: number;
  /** Less than is used after a change to a smaller plan. */
  allowed: number;
  /** When counting starts again; null when it does not, or when that is not certain yet. */
  resetsAt: Date | null;
};

/** What somebody uses of everything that their plan limits, in the catalogue's order. */
export async function usageOf(user: { id: string }): Promise<Usage[]> {
  const [access, rows, counters] = await Promise.all([
    accessOf(user),
    countRows(user.id),
    db().usageCounter.findMany({ where: { userId: user.id } }),
  ]);
  const now = new Date();
  return limitNames.map((limit) => {
    const allowed = access.limit(limit);
    const existing = rows.get(limit);
    if (existing !== undefined) return { limit, used: existing, allowed, resetsAt: null };
    const window = usageWindow(limit, access, now);
    const counter = counters.find(({ name }) => name === limit);
    const countedUntil = counter?.periodEnd ?? null;
    if (!counter || !window || !countedUntil) {
      return { limit, used: counter?.used ?? 0, allowed, resetsAt: window?.end ?? null };
    }
    return {
      limit,
      used: countedUntil <= window.start ? 0 : counter.used,
      allowed,
      resetsAt: countedUntil <= window.end ? window.end : null,
    };
  });
}

async function countRows(userId: string): Promise<Map<string, number>> {
  const named: Record<string, Count> = countedRows;
  const counts = Object.entries(named).map(
    async ([limit, count]) => [limit, await count(db(), userId)] as const,
  );
  return new Map(await Promise.all(counts));
}
