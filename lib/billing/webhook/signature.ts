import { env } from '../../env';
import { stripe } from '../stripe';

/** What was delivered is not signed with any of our secrets, or at another time, or not an event. */
export class InvalidSignatureError extends Error {
  override name = 'InvalidSignatureError';
}

/** Seconds between our clock and the time that was signed, in either direction. Stripe advises it. */
const TOLERANCE = 300;

/**
 * Checks that a delivery was signed by Stripe for us, and now. Any of the configured secrets will do:
 * while one is being replaced there are two.
 *
 * Stripe's SDK refuses what was signed too long ago, and takes what is dated in the future. We refuse
 * both: a signature made out for next year would open this door until then.
 *
 * @param body the request's body as it came, before any parsing
 * @param header the Stripe-Signature header
 * @throws InvalidSignatureError when it was not
 */
export function verifySignature(body: string, header: string | null): void {
  if (!header) throw new InvalidSignatureError('The Stripe-Signature header is missing.');
  if (!env().STRIPE_WEBHOOK_SECRET.some((secret) => isSignedWith(secret, body, header))) {
    throw new InvalidSignatureError(
      'No configured secret signed this, or it is over five minutes old.',
    );
  }
  // Not a number, or NaN, is not within anything.
  if (signedAt(header) <= Date.now() / 1000 + TOLERANCE) return;
  throw new InvalidSignatureError('This was signed for a time that has not come yet.');
}

/** The SDK checks one secret at a time. */
function isSignedWith(secret: string, body: string, header: string): boolean {
  const { signature } = stripe().webhooks;
  if (!signature) throw new Error('This Stripe SDK cannot verify signatures.');
  try {
    return signature.verifyHeader(body, header, secret, TOLERANCE);
  } catch {
    // Whatever it stumbles over in a header from outside, the header is not Stripe's.
    return false;
  }
}

/** Unix seconds. Of several times the last, which is the one that the SDK takes as signed. */
function signedAt(header: string): number {
  const time = header.split(',').findLast((item) => item.startsWith('t='));
  return Number(time?.slice('t='.length));
}
