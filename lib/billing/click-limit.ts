import { RateLimiterMemory } from 'rate-limiter-flexible';
import { caller } from '../rate-limit';
import { BillingError } from './errors';

/**
 * Far above what a person clicks and far below what harms our share of Stripe's rate limit. Counted
 * in each process: behind a load balancer everyone may click as often on each instance.
 */
const perUser = new RateLimiterMemory({ points: 20, duration: 60 });
const perAddress = new RateLimiterMemory({ points: 300, duration: 60 });

/**
 * Counts a click that asks Stripe for something. One that is refused does not count against the address,
 * so nobody can lock out the others behind it.
 *
 * @throws BillingError `too-often` above twenty a minute for a user, or 300 for an address
 */
export async function limitClicks(userId: string): Promise<void> {
  try {
    await perUser.consume(userId);
    await perAddress.consume(caller());
  } catch (cause) {
    throw new BillingError('too-often', `user ${userId} clicks faster than a person`, { cause });
  }
}
