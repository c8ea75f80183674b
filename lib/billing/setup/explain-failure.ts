import Stripe from 'stripe';
import { env } from '../../env';
import { dashboardUrl } from '../stripe';

/** Something answers where Stripe is looked for, and it is not Stripe. */
export class NotStripeError extends Error {
  override name = 'NotStripeError';
}

/**
 * Why Stripe did not answer as it should, for whoever runs the checks. Stripe's own message is left out:
 * some contain a part of the key.
 */
export function explainFailure(error: unknown): [says: string, mend: string] {
  const base = env().STRIPE_API_BASE;
  const place = base ?? 'https://api.stripe.com';
  const orUnset = base ? ', or unset STRIPE_API_BASE to use Stripe itself' : '';
  if (error instanceof Stripe.errors.StripeAuthenticationError) {
    const isExpired = error.code === 'api_key_expired';
    return [
      isExpired ? 'The key has expired.' : 'Stripe does not know the key, or it was revoked.',
      `Make one at ${dashboardUrl('apikeys')} and put it into STRIPE_SECRET_KEY.`,
    ];
  }
  if (error instanceof Stripe.errors.StripeConnectionError) {
    return [
      `Stripe cannot be reached at ${place}.`,
      `See that this machine may open connections to ${place}${orUnset}.`,
    ];
  }
  if (error instanceof Stripe.errors.StripeRateLimitError) {
    return ['Stripe had too many requests just now.', 'Run npm run doctor again in a minute.'];
  }
  if (error instanceof Stripe.errors.StripeAPIError && error.statusCode) {
    return [
      `Stripe fails at the moment (status ${error.statusCode}).`,
      'See https://status.stripe.com and run npm run doctor again later.',
    ];
  }
  if (error instanceof Stripe.errors.StripeAPIError || error instanceof NotStripeError) {
    return [
      `What answers at ${place} is not Stripe.`,
      `Correct ${base ? 'STRIPE_API_BASE' : 'the proxy between this machine and Stripe'}${orUnset}.`,
    ];
  }
  const { requestId } = error instanceof Stripe.errors.StripeError ? error : {};
  const name = error instanceof Error ? error.name : String(error);
  return [
    `It could not be looked at (${[name, requestId].filter(Boolean).join(', ')}).`,
    requestId ? `Look the request up at ${dashboardUrl('logs')}` : 'Run npm run doctor again.',
  ];
}
