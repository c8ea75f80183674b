import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import type { Call } from '../mirror/read';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 32_000;
const MOST_TRIES = 8;

/** Under Stripe's 25 a second in test mode, with room for everything else. */
export const USUAL_RATE = 15;

/**
 * Keeps requests to Stripe under a rate, whoever makes them. When Stripe says that there are too
 * many all the same (429), everybody waits, twice as long each time, and the request is tried again.
 *
 * @param perSecond Stripe allows 25 in test mode and 100 in live mode, for everything together
 * @param signal once it is aborted, no further request is made: the call throws its reason
 */
export function createPace(perSecond: number = USUAL_RATE, signal?: AbortSignal): Call {
  // By a clock that nobody sets: one that is set back would have us wait until it is there again.
  let free = 0;
  // As many wait for it as there are requests at once; Node warns of more than ten.
  if (signal) setMaxListeners(0, signal);

  async function turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, free);
    free = at + 1_000 / perSecond;
    if (at > now) await sleep(at - now, undefined, { signal });
    signal?.throwIfAborted();
  }

  return async (request) => {
    for (let tries = 1; ; tries++) {
      await turn();
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeRateLimitError) || tries === MOST_TRIES) {
          throw error;
        }
        const pause = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT);
        free = Math.max(free, performance.now() + pause * (0.5 + Math.random() / 2));
      }
    }
  };
}
