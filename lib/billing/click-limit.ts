import { countAgainst, type Limit, TooManyError } from '../rate-limit';
import { BillingError } from './errors';

/** Far above what a person clicks, and far below what harms our share of Stripe's rate limit. */
const clicks: Limit = { name: 'click', points: 20, seconds: 60 };

/** Of its own, so that nobody's clicks keep their page from being current when they come back. */
const returns: Limit = { name: 'return', points: 20, seconds: 60 };

/**
 * Counts a click that asks Stripe for something. It counts for its user alone, so nobody can lock out
 * the others behind the same address.
 *
 * @throws BillingError `too-often` above twenty a minute
 */
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
    throw new BillingError('too-often', `user ${userId} asks Stripe faster than a person`, {
      cause,
    });
  }
}
