import { type Finding, ok, problem } from '@/lib/finding';
import { isLoopback } from '@/lib/loopback';

const CHECK = 'address';

/**
 * Whether the app's own address fits the Stripe mode it is to run in.
 *
 * @param origin NEXTAUTH_URL
 */
export function examineAddress(origin: string, { livemode }: { livemode: boolean }): Finding {
  const { protocol, host } = new URL(origin);
  if (isLoopback(origin)) {
    if (!livemode) return ok(CHECK, `${origin} is on this machine, as for developing.`);
    return problem(
      CHECK,
      `${origin} is on this machine, but the Stripe key is a live one: real cards would be charged, and Stripe's events could not reach you.`,
      'Set NEXTAUTH_URL to the public https:// origin; on your own machine use a key of test mode.',
    );
  }
  if (protocol === 'http:') {
    return problem(
      CHECK,
      `${origin} is not https: sign-in cookies would travel in the open${livemode ? ', and Stripe delivers live events to https only' : ''}.`,
      `Put a certificate in front of the app and set NEXTAUTH_URL=https://${host}`,
    );
  }
  return ok(CHECK, `${origin} is https.`);
}
