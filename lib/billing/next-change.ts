import type { Subscription } from '../generated/prisma/client';
import { type NextChange, nextChange as schema } from './json-columns';
import { findPaidPlan } from './plans';

/** The change of plan that is to come, as pages show it. Without a title it is to none of our plans. */
export type NextChangeView = Omit<NextChange, 'at'> & { at: Date; title: string | null };

/** What is mirrored of the change of plan that a subscription has before it. */
export function nextChangeOf({
  nextChange,
}: Pick<Subscription, 'nextChange'>): NextChangeView | null {
  const change = schema.nullable().parse(nextChange);
  if (!change) return null;
  const title = findPaidPlan(change.plan)?.title ?? null;
  return { ...change, at: new Date(change.at), title };
}
