import { env } from '../../env';
import { stripe } from '../stripe';

/** A delivery was not signed with any of our secrets, was signed at another time, or is no event. */
export class InvalidSignatureError extends Error {
  override name = 'InvalidSignatureError';
}

/** Seconds that the signed time may differ from our clock, in either direction. Stripe's default. */
const TOLERANCE = 300;

/**
 * Checks that Stripe signed a delivery for us, just now, with any of the configured secrets: while one
 * is being replaced there are two.
 *
 * Stripe's SDK refuses signatures that are too old, and accepts those dated in the future. We refuse
 * both: a signature dated next year would be valid until then.
 *
 * @param body the request's body as it arrived, before any parsing
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
  // A time that is not a number is NaN, which fails this comparison.
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
    // Whatever is wrong with the header, it is not Stripe's.
    return false;
  }
}

/** Unix seconds. If there are several times, the last one: the SDK takes it as signed. */
function signedAt(header: string): number {
  const time = header.split(',').findLast((item) => item.startsWith('t='));
  return Number(time?.slice('t='.length));
}
