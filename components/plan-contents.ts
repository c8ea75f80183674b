import { limitNames } from '@/lib/billing/plan-with';
import { type Feature, type Limit, mostMembers, type Plan, teams } from '@/lib/billing/plans';
import type { Words } from '@/lib/words/english';

type Contents = {
  features: readonly Feature[];
  limits: Readonly<Record<Limit, number>>;
} & Pick<Plan, 'seats' | 'members'>;

/** What a plan includes, one phrase each: its limits (`10 projects`), then its features. */
export function planContents(plan: Contents, words: Words): string[] {
  const most = teams ? mostMembers(plan) : 1;
  return [
    ...planLimits(plan, words),
    ...(most > 1 ? [words.catalogue.upToMembers(most)] : []),
    ...plan.features.map(words.catalogue.feature),
  ];
}

/** A plan's limits, one phrase each (`10 projects`). A limit of 0 is nothing to advertise. */
export function planLimits(plan: Pick<Contents, 'limits'>, { usage }: Words): string[] {
  return limitNames
    .filter((limit) => plan.limits[limit] > 0)
    .map((limit) => usage.amount(limit, plan.limits[limit]));
}
