import type Stripe from 'stripe';
import { env } from '../env';
import type { OwnSubscription } from './account';
import type { PlanChoice } from './plans';
import { isOngoing } from './subscription-status';

/**
 * What the Billing Portal is opened for: its home, or one of Stripe's six flows, of which each takes
 * only what it can use. The subscription is never part of it: that is found by us.
 */
export type PortalPurpose =
  | { flow: 'home' }
  | ({ flow: 'payment_method_update' } & Completion)
  | ({ flow: 'customer_update' } & Completion)
  /** `offer`: Stripe's id of a coupon that is offered to those who would leave. */
  | ({ flow: 'subscription_cancel'; offer?: string } & Completion)
  | ({ flow: 'subscription_pause' } & Completion)
  | ({ flow: 'subscription_update' } & Completion)
  | ({
      flow: 'subscription_update_confirm';
      discount?: { coupon: string } | { promotion_code: string };
    } & PlanChoice &
      Completion);

export type PortalFlow = PortalPurpose['flow'];

/**
 * Where a completed flow leads: back to us (when left out), to the portal's home, or to Stripe's own
 * confirmation with a message of ours (500 characters at most).
 */
type Completion = { after?: 'return' | 'portal' | { message: string } };

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

/**
 * Stripe's `flow_data` for a purpose.
 *
 * @param subscription the user's own
 * @param price Stripe's id of the price to switch to, for `subscription_update_confirm`
 * @returns undefined when the purpose is the portal's home, or when Stripe would refuse the flow:
 *   without a subscription to change, or to cancel one that is ending already
 */
export function flowData(
  purpose: PortalPurpose,
  subscription: OwnSubscription | null,
  price: string | undefined,
): FlowData | undefined {
  if (purpose.flow === 'home') return undefined;
  const after_completion = afterCompletion(purpose);
  if (purpose.flow === 'payment_method_update' || purpose.flow === 'customer_update') {
    return { type: purpose.flow, after_completion };
  }
  if (!subscription || !isOngoing(subscription.status)) return undefined;
  const own = { subscription: subscription.id };
  switch (purpose.flow) {
    case 'subscription_cancel':
      if (subscription.cancelAt) return undefined;
      return {
        type: purpose.flow,
        after_completion,
        subscription_cancel: { ...own, ...retention(purpose.offer) },
      };
    case 'subscription_pause':
      return { type: purpose.flow, after_completion, subscription_pause: own };
    case 'subscription_update':
      return { type: purpose.flow, after_completion, subscription_update: own };
    case 'subscription_update_confirm':
      if (!price) return undefined;
      return {
        type: purpose.flow,
        after_completion,
        subscription_update_confirm: {
          ...own,
          items: [{ id: subscription.itemId, price, quantity: subscription.quantity }],
          ...(purpose.discount && { discounts: [purpose.discount] }),
        },
      };
  }
}

function retention(offer: string | undefined) {
  if (!offer) return {};
  return { retention: { type: 'coupon_offer' as const, coupon_offer: { coupon: offer } } };
}

function afterCompletion({ flow, after = 'return' }: { flow: PortalFlow } & Completion) {
  if (after === 'portal') return { type: 'portal_homepage' } as const;
  if (after === 'return')
    return { type: 'redirect', redirect: { return_url: doneUrl(flow) } } as const;
  return {
    type: 'hosted_confirmation',
    hosted_confirmation: { custom_message: after.message },
  } as const;
}

/** Where a completed flow leads; giving up leads to the portal's plain return URL. */
function doneUrl(flow: PortalFlow): string {
  return `${env().NEXTAUTH_URL}/billing/return?done=${flow}`;
}
