import type { Context } from '../core/context';
import { cardError } from '../core/errors';
import { newId } from '../core/ids';
import { attachPaymentMethod } from './attach-payment-method';
import { markSetUp } from './cards';
import type { Decline } from './declines';
import type { PaymentMethod, SetupIntent } from './objects';
import { settleSetup } from './pending-setup';

/** A card is set up: it belongs to the customer, and can be charged off session if that was asked. */
export function succeedSetup(
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  authenticated: boolean,
): SetupIntent {
  if (authenticated && intent.usage === 'off_session') markSetUp(ctx, method);
  if (intent.customer !== null) attachPaymentMethod(ctx, method, intent.customer);
  const done = ctx.update('setup_intent', intent.id, {
    last_setup_error: null,
    latest_attempt: newId('setatt'),
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  ctx.emit('setup_intent.succeeded', done);
  settleSetup(ctx, done);
  return done;
}

/** The failed try stays on record; the intent asks for another payment method. @throws StripeError 402 */
export function failSetup(
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  { code, decline_code, message }: Decline,
): never {
  const param =
    code === 'expired_card' ? 'exp_month' : code === 'incorrect_cvc' ? 'cvc' : undefined;
  const failed = noteFailure(ctx, intent, {
    code,
    decline_code,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    message,
    ...(param && { param }),
    payment_method: method,
    type: 'card_error',
  });
  throw cardError(message, code, {
    decline_code,
    ...(param && { param }),
    payment_method: method,
    setup_intent: failed,
  });
}

/** Its holder did not authenticate the card. */
export function failSetupAuthentication(
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
): SetupIntent {
  return noteFailure(ctx, intent, {
    code: 'setup_intent_authentication_failure',
    doc_url: 'https://stripe.com/docs/error-codes/setup-intent-authentication-failure',
    message:
      'The latest attempt to set up the payment method has failed because authentication failed.',
    payment_method: method,
    type: 'invalid_request_error',
  });
}

function noteFailure(
  ctx: Context,
  intent: SetupIntent,
  error: SetupIntent['last_setup_error'],
): SetupIntent {
  const failed = ctx.update('setup_intent', intent.id, {
    last_setup_error: error,
    latest_attempt: newId('setatt'),
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  ctx.emit('setup_intent.setup_failed', failed);
  return failed;
}
