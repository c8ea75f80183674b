import { findFeature, findLimit } from './billing/plan-with';
import type { Feature, Limit } from './billing/plans';
import { db } from './db';
import type { Grant } from './generated/prisma/client';

/** What somebody was given beyond their plan: a feature, or an amount of a limit. */
export type Extra = ({ name: Feature; amount: null } | { name: Limit; amount: number }) & {
  /** When it ends; null for never. */
  until: Date | null;
  /** Why, in the operator's words; the person can read it. */
  reason: string | null;
};

/** Rows as extras, without those of features and limits that the catalogue no longer has. */
export function readGrants(grants: readonly Grant[]): Extra[] {
  return grants.flatMap(({ name, amount, until, reason }): Extra[] => {
    const [feature, limit] = [findFeature(name), findLimit(name)];
    if (feature && amount === null) return [{ name: feature, amount, until, reason }];
    return limit && amount !== null ? [{ name: limit, amount, until, reason }] : [];
  });
}

/** The extras of the person with this address, ended ones too; null when there is no such person. */
export async function extrasOf(email: string): Promise<Extra[] | null> {
  const found = await db().user.findUnique({
    where: { email },
    relationLoadStrategy: 'join',
    select: { account: { select: { grants: { orderBy: { createdAt: 'asc' } } } } },
  });
  return found && readGrants(found.account?.grants ?? []);
}

/**
 * Gives an extra to the person with this address, in place of an earlier one of the same name.
 *
 * @returns false when there is no such person
 */
export async function giveExtra(email: string, extra: Extra): Promise<boolean> {
  const user = await db().user.findUnique({ where: { email }, select: { id: true } });
  if (!user) return false;
  await db().grant.upsert({
    where: { userId_name: { userId: user.id, name: extra.name } },
    create: { userId: user.id, ...extra },
    update: extra,
  });
  return true;
}

/** Takes an extra back. @returns false when the person with this address does not have it */
export async function endExtra(email: string, name: Extra['name']): Promise<boolean> {
  const { count } = await db().grant.deleteMany({ where: { name, account: { user: { email } } } });
  return count > 0;
}
