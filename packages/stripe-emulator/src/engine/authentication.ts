import type { Context } from '../core/context';
import { confirmPayment } from './confirm-payment';
import type { PaymentIntent, SetupIntent } from './objects';
import { failSetupAuthentication, succeedSetup } from './setup-outcomes';

/**
 * The answer of a card's holder to their bank about a payment that waits for it (`requires_action`).
 * What waits no more is given back as it is.
 *
 * @throws StripeError 402 when the card is declined after all
 */
export function answerPayment(
  request: Context,
  intent: PaymentIntent,
  succeeded: boolean,
): PaymentIntent {
  if (intent.status !== 'requires_action') return intent;
  const ctx = onClock(request, intent.customer);
  const method = ctx.get('payment_method', intent.payment_method ?? '');
  if (succeeded) return confirmPayment(ctx, intent, method, { authenticated: true });
  const failed = ctx.update('payment_intent', intent.id, {
    last_payment_error: {
      code: 'payment_intent_authentication_failure',
      doc_url: 'https://stripe.com/docs/error-codes/payment-intent-authentication-failure',
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method,
      type: 'invalid_request_error',
    },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  ctx.emit('payment_intent.payment_failed', failed);
  return failed;
}

/** The answer of a card's holder to their bank about setting the card up. @throws StripeError 402 */
export function answerSetup(
  request: Context,
  intent: SetupIntent,
  succeeded: boolean,
): SetupIntent {
  if (intent.status !== 'requires_action') return intent;
  const ctx = onClock(request, intent.customer);
  const method = ctx.get('payment_method', intent.payment_method ?? '');
  return succeeded
    ? succeedSetup(ctx, intent, method, true)
    : failSetupAuthentication(ctx, intent, method);
}

function onClock(ctx: Context, customer: string | null): Context {
  return ctx.onClockOf(customer === null ? undefined : ctx.find('customer', customer));
}
