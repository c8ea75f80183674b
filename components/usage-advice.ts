import { planWithMore } from '@/lib/billing/plan-with';
import { limits } from '@/lib/billing/plans';
import type { Usage } from '@/lib/usage/usage';
import type { Words } from '@/lib/words/english';

/** From this part of a limit on, people are told that little is left. */
const NEAR = 0.8;

/** Says what to do when a limit is near, reached, or exceeded after a change of plan; else null. */
export function usageAdvice(
  { limit, used, allowed }: Omit<Usage, 'resetsAt'>,
  t: Words['usage'],
): string | null {
  if (used < allowed) return used < allowed * NEAR ? null : t.onlyLeft(allowed - used);
  const more = planWithMore(limit, allowed);
  return [
    ...(limits[limit].per === null
      ? [
          ...(used > allowed ? [t.keepAll(used)] : []),
          t.makeRoom(used - allowed + 1, more !== undefined),
        ]
      : [t.noneLeft]),
    ...(more ? [t.planIncludes(more.title, t.amount(limit, more.limits[limit]))] : []),
  ].join(' ');
}
