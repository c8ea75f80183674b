import type { Context } from '../core/context';
import { authenticationUrl } from './hosted-links';

/** Where a card's holder authenticates: a redirect when there is a way back, else for Stripe.js. */
export function nextAction(ctx: Context, intent: string, returnUrl: string | undefined) {
  const url = authenticationUrl(ctx, intent);
  if (returnUrl === undefined) {
    return {
      type: 'use_stripe_sdk',
      use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url },
    };
  }
  return {
    type: 'redirect_to_url',
    redirect_to_url: { return_url: returnUrl, url },
  };
}
