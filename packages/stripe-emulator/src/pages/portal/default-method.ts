import type { Context } from '../../core/context';
import { shownSubscriptions } from './subscriptions';
import type { Visit } from './visit';

/** The card that is charged when nothing else is said: the customer's, else their subscription's own. */
export function defaultMethodId(ctx: Context, visit: Visit): string | null {
  const own = visit.customer.invoice_settings.default_payment_method;
  if (own) return own;
  for (const { default_payment_method } of shownSubscriptions(ctx, visit)) {
    if (default_payment_method) return default_payment_method;
  }
  return null;
}

/** Whether a subscription is paid with this card, so that it cannot just be removed. */
export function isNeeded(ctx: Context, visit: Visit, method: string): boolean {
  const fallback = visit.customer.invoice_settings.default_payment_method;
  return shownSubscriptions(ctx, visit).some(
    (subscription) => (subscription.default_payment_method ?? fallback) === method,
  );
}
