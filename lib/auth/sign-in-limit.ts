import { caller, countAgainst, type Limit, TooManyError } from '../rate-limit';
import { keyedHash } from './token-hash';

/** How long a sign-in link works, in seconds. */
export const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

const HOUR = 60 * 60;

/** One caller cannot use up what an inbox may get, so its owner can still ask for a link. */
const perCallerAndInbox: Limit = { name: 'link-caller-inbox', points: 5, seconds: HOUR };
/** Nobody's inbox is flooded, however many callers take part. */
const perInbox: Limit = { name: 'link-inbox', points: 10, seconds: HOUR };
/** A browser that signed in to this address before is not counted among strangers. */
const perKnownBrowser: Limit = { name: 'link-known', points: 5, seconds: HOUR };
/** Nobody mails many inboxes. An office that shares an address needs no more. */
const perCaller: Limit = { name: 'link-caller', points: 60, seconds: 10 * 60 };
/** What our mail server's reputation can bear, whoever asks. */
const overall: Limit = { name: 'link-all', points: 2_000, seconds: HOUR };

/**
 * Whether one more sign-in link may go to an address. Each count is one atomic statement in the
 * database, so the limits hold for all instances and for requests that come at once.
 *
 * @param email in its normal form
 * @param isKnownBrowser whether this browser signed in to this address before
 */
export async function mayHaveLink(email: string, isKnownBrowser: boolean): Promise<boolean> {
  try {
    await countAgainst(perCaller, caller());
    if (isKnownBrowser) await countAgainst(perKnownBrowser, email);
    else {
      // Hashed, so that it says nothing about either: it is not found by the address.
      await countAgainst(perCallerAndInbox, keyedHash('link', `${caller()} ${email}`));
      await countAgainst(perInbox, email);
    }
    await countAgainst(overall, null);
    return true;
  } catch (error) {
    if (error instanceof TooManyError) return false;
    throw error;
  }
}
