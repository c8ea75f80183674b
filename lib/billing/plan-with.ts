import {
  currencies,
  type Feature,
  features,
  type Limit,
  limits,
  type Plan,
  soldPlans,
} from './plans';

/** What is for sale, the cheapest month first. */
const byPrice = soldPlans.toSorted((one, other) => monthOf(one) - monthOf(other));

function monthOf({ prices }: Plan): number {
  return prices?.month[currencies[0]] ?? 0;
}

/** Whether a plan includes a feature. To ask what a person may do, use `accessOf`. */
export function includes(plan: Plan, feature: Feature): boolean {
  const own: readonly Feature[] = plan.features;
  return own.includes(feature);
}

/** The cheapest plan for sale that includes a feature; undefined when none does. */
export function planWith(feature: Feature): Plan | undefined {
  return byPrice.find((plan) => includes(plan, feature));
}

/** The cheapest plan for sale that allows more than `count` of something; undefined for none. */
export function planWithMore(limit: Limit, count: number): Plan | undefined {
  return byPrice.find((plan) => plan.limits[limit] > count);
}

/** The feature with this name, or undefined: what an address says is checked with this. */
export function findFeature(name: unknown): Feature | undefined {
  return featureNames.find((feature) => feature === name);
}

/** Every feature, in the order of the catalogue. */
export const featureNames = Object.keys(features).filter(
  (name): name is Feature => name in features,
);

/** Every limit, in the order of the catalogue. */
export const limitNames = Object.keys(limits).filter((name): name is Limit => name in limits);

/** The limit with this name, or undefined. */
export function findLimit(name: unknown): Limit | undefined {
  return limitNames.find((limit) => limit === name);
}
