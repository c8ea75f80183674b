import type { Feature, Limit, Plan } from './plans';

/** Whether a plan unlocks a feature. */
export function hasFeature(plan: Plan, feature: Feature): boolean {
  const unlocked: readonly Feature[] = plan.features;
  return unlocked.includes(feature);
}

/** How many of something a plan allows. */
export function limitOf(plan: Plan, limit: Limit): number {
  return plan.limits[limit];
}
