import { limitNames } from '@/lib/billing/plan-with';
import { type Feature, features, type Limit, limits } from '@/lib/billing/plans';

type Contents = {
  features: readonly Feature[];
  limits: Readonly<Record<Limit, number>>;
};

/** What a plan includes, one phrase each: its limits (`10 projects`), then its features. */
export function planContents(plan: Contents): string[] {
  return [...planLimits(plan), ...plan.features.map((feature) => features[feature])];
}

/** A plan's limits, one phrase each (`10 projects`). A limit of 0 is nothing to advertise. */
export function planLimits(plan: Pick<Contents, 'limits'>): string[] {
  return limitNames
    .filter((limit) => plan.limits[limit] > 0)
    .map((limit) => {
      const count = plan.limits[limit];
      const { one, many, per } = limits[limit];
      return `${count} ${count === 1 ? one : many}${per ? ` a ${per}` : ''}`;
    });
}
