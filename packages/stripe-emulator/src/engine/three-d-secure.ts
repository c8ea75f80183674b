import type { Context } from '../core/context';
import { cardOf, isSetUp } from './cards';
import type { Charge, PaymentMethod } from './objects';

/** What 3D Secure has to say about a payment before the bank is asked for it. */
export type Authentication = 'none' | 'attempted' | 'frictionless' | 'challenge' | 'error';

export interface AuthenticationCase {
  /** The holder is not there to be asked. */
  offSession: boolean;
  /** Whether the payment itself asks for 3D Secure. */
  requested: boolean;
}

type ThreeDSecure = NonNullable<
  NonNullable<NonNullable<Charge['payment_method_details']>['card']>['three_d_secure']
>;

/** What happens with 3D Secure when a card is charged. */
export function authenticationFor(
  ctx: Context,
  method: PaymentMethod,
  { offSession, requested }: AuthenticationCase,
): Authentication {
  const { authentication, threeDSecure } = cardOf(ctx, method);
  const isRequired =
    authentication === 'always' ||
    (authentication === 'unless_set_up' && !(offSession && isSetUp(ctx, method))) ||
    (authentication === 'on_session' && !offSession);
  if (isRequired && (threeDSecure === 'error' || threeDSecure === 'frictionless')) {
    return threeDSecure;
  }
  if (isRequired) return 'challenge';
  if (!requested || offSession || threeDSecure === 'unsupported') return 'none';
  return threeDSecure ?? 'attempted';
}

/** How a charge tells of its authentication; null when there was none. */
export function threeDSecureOf(authentication: Authentication): ThreeDSecure | null {
  if (authentication === 'none' || authentication === 'error') return null;
  const isAttempt = authentication === 'attempted';
  return {
    authentication_flow: isAttempt ? null : authentication,
    electronic_commerce_indicator: isAttempt ? '06' : '05',
    exemption_indicator: null,
    result: isAttempt ? 'attempt_acknowledged' : 'authenticated',
    result_reason: null,
    transaction_id: null,
    version: '2.2.0',
  };
}
