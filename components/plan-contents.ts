import { features, type Limit, limits, type Plan } from '@/lib/billing/plans';

/** What a plan gives, a phrase each: its limits first (`10 projects`), then its features. */
export function planContents(plan: Plan): string[] {
  return [...planLimits(plan), ...plan.features.map((feature) => features[feature])];
}

/** What a plan limits, a phrase each: `10 projects`. */
export function planLimits(plan: Plan): string[] {
  return limitNames.map((limit) => {
    const count = plan.limits[limit];
    return `${count} ${count === 1 ? limits[limit].one : limits[limit].many}`;
  });
}

const limitNames = Object.keys(limits).filter((name): name is Limit => name in limits);
