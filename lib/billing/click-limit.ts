import { log, reasonOf } from '../log';
import { countAgainst, type Limit, noteRefusal, TooManyError } from '../rate-limit';
import type { Click } from './account';
import { BillingError, logBillingError, problemOf } from './errors';

/** Far above what a person clicks, and far below what harms our share of Stripe's rate limit. */
export const clicks: Limit = { name: 'click', points: 20, seconds: 60 };

/** Of its own, so that nobody's clicks keep their page from being current when they come back. */
const returns: Limit = { name: 'return', points: 20, seconds: 60 };

/**
 * Runs the billing verb that somebody clicked for, which ends in an address to go to. When it fails in a way
 * that has a name, that is logged for the operator, and the answer is a page of ours with the problem to
 * show there. So is a click that is one too many.
 *
 * @param page where the person was
 * @param query what else that page's address said
 * @throws whatever is not billing's to explain, a bug for instance
 */
export async function urlAfterClick<Url extends string>(
  click: Click,
  page: '/billing' | '/billing/switch' | '/pricing' | '/settings' | '/team/delete' | '/team/move',
  verb: () => Promise<Url>,
  query: Record<string, string> = {},
): Promise<Url | `${typeof page}?${string}`> {
  try {
    limitClick(click);
    return await verb();
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    if (problem === 'unavailable' || problem === 'not-set-up') logBillingError(error);
    else log.warn('click refused', { problem, reason: reasonOf(error) });
    if (problem === 'already-subscribed' || problem === 'nothing-to-keep') {
      return `/billing?problem=${problem}`;
    }
    return `${page}?${new URLSearchParams({ ...query, problem })}`;
  }
}

/**
 * Refuses a click that was counted by `requireClick`. Clicks count for their user alone, so nobody can
 * lock out the others behind the same address.
 *
 * @throws BillingError `too-often` above twenty a minute
 */
export function limitClick(click: Pick<Click, 'id' | 'clicks'>): void {
  if (click.clicks <= clicks.points) return;
  noteRefusal(clicks.name);
  throw tooOften(click.id);
}

/** Counts and limits what asks Stripe without a click: a page that shows what a switch would cost. */
export async function limitClicks(userId: string): Promise<void> {
  await limit(clicks, userId);
}

/** The same for the way back from Stripe, which asks Stripe what has changed. */
export async function limitReturns(userId: string): Promise<void> {
  await limit(returns, userId);
}

async function limit(what: Limit, userId: string): Promise<void> {
  try {
    await countAgainst(what, userId);
  } catch (cause) {
    if (!(cause instanceof TooManyError)) throw cause;
    throw tooOften(userId, cause);
  }
}

function tooOften(userId: string, cause?: TooManyError): BillingError {
  return new BillingError('too-often', `user ${userId} asks Stripe faster than a person`, {
    cause,
  });
}
