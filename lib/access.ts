import { cache } from 'react';
import type { CircumstanceName } from './billing/circumstances';
import { nextPayment } from './billing/next-payment';
import { featureNames, includes, limitNames } from './billing/plan-with';
import type { Feature, Limit, Plan, PlanName } from './billing/plans';
import { type Standing, standingOf } from './billing/standing';
import { db } from './db';
import { type Extra, readGrants } from './grants';

/** What a person, or who acts for a team, may do now. */
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
  /** While they are on trial and it is to go on: what is paid after it, and when. */
  trial: { end: Date; amount: number | null; currency: string } | null;
  /** When the account was created: what is counted by the month on the free plan is counted from then. */
  since: Date;
  /** What they were given beyond their plan. */
  extras: Extra[];
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
  const found = await db().billingAccount.findUnique({
    where: { id },
    relationLoadStrategy: 'join',
    select: {
      createdAt: true,
      customers: { include: { subscriptions: true } },
      grants: {
        where: { OR: [{ until: null }, { until: { gt: new Date() } }] },
        orderBy: { createdAt: 'asc' },
      },
    },
  });
  const { customers = [], grants = [] } = found ?? {};
  return toAccess(standingOf(customers), found?.createdAt ?? new Date(), readGrants(grants));
});

function toAccess(standing: Standing, since: Date, extras: Extra[]): Access {
  const { plan, state, period } = standing;
  const can = (feature: Feature) =>
    includes(plan, feature) || extras.some((extra) => extra.name === feature);
  const limit = (limit: Limit) =>
    Math.max(
      plan.limits[limit],
      ...extras.map((extra) => (extra.name === limit ? (extra.amount ?? 0) : 0)),
    );
  return {
    plan,
    state,
    period,
    trial: trialOf(standing),
    since,
    can,
    limit,
    extras,
    shown: {
      plan: plan.name,
      features: featureNames.filter(can),
      limits: {
        ...plan.limits,
        ...Object.fromEntries(limitNames.map((name) => [name, limit(name)])),
      },
    },
  };
}

function trialOf({ subscription }: Standing): Access['trial'] {
  if (subscription?.status !== 'trialing') return null;
  const next = nextPayment(subscription);
  return next && { end: next.at, amount: next.amount, currency: subscription.currency };
}
