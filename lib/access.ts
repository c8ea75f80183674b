import { cache } from 'react';
import type { CircumstanceName } from './billing/circumstances';
import { includes } from './billing/plan-with';
import type { Feature, Limit, Plan, PlanName } from './billing/plans';
import { type Standing, standingOf } from './billing/standing';
import { db } from './db';

/** What a person may do now. */
export type Access = {
  /** The plan that they have the use of. */
  plan: Plan;
  /** How they stand: a row of the table in `lib/billing/circumstances.ts`. */
  state: CircumstanceName;
  can: (feature: Feature) => boolean;
  /** How many of something they may have or use. */
  limit: (limit: Limit) => number;
  /** The current billing period of the subscription that gives the plan; null on the free plan. */
  period: Standing['period'];
  /** When the account was created: what is counted by the month on the free plan is counted from then. */
  since: Date;
  /** The same as plain values, for client components. Only for display: the server decides. */
  shown: ShownAccess;
};

export type ShownAccess = {
  plan: PlanName;
  features: readonly Feature[];
  limits: Readonly<Record<Limit, number>>;
};

/**
 * What a person may do now, from our own database: one SQL statement, at most once per request.
 *
 * @param user from the session or an API key, never from what the browser sent
 */
export function accessOf(user: { id: string }): Promise<Access> {
  return accessById(user.id);
}

const accessById = cache(async (id: string): Promise<Access> => {
  const found = await db().user.findUnique({
    where: { id },
    relationLoadStrategy: 'join',
    select: { createdAt: true, customers: true, subscriptions: true },
  });
  const standing = standingOf(found ?? { customers: [], subscriptions: [] });
  return toAccess(standing, found?.createdAt ?? new Date());
});

function toAccess({ plan, state, period }: Standing, since: Date): Access {
  return {
    plan,
    state,
    period,
    since,
    can: (feature) => includes(plan, feature),
    limit: (limit) => plan.limits[limit],
    shown: { plan: plan.name, features: plan.features, limits: plan.limits },
  };
}
